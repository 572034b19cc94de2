import { Router } from "express";
import type { Catalog } from "../storage/catalog.ts";
import { paginate } from "./request.ts";

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/datasets */
export function datasetRoutes(catalog: Catalog): Router {
  const router = Router();

  router.get("/projects/:project/datasets", (request, response) => {
    const { page, nextPageToken } = paginate(catalog.datasets(), request.query, 1000);
    response.json({ kind: "bigquery#datasetList", datasets: page, nextPageToken });
  });

  router.post("/projects/:project/datasets", async (request, response) => {
    response.json(await catalog.createDataset(request.body));
  });

  router.get("/projects/:project/datasets/:dataset", (request, response) => {
    response.json(catalog.dataset(request.params.dataset));
  });

  router.patch("/projects/:project/datasets/:dataset", async (request, response) => {
    response.json(await catalog.patchDataset(request.params.dataset, request.body));
  });

  router.put("/projects/:project/datasets/:dataset", async (request, response) => {
    response.json(await catalog.patchDataset(request.params.dataset, request.body));
  });

  router.delete("/projects/:project/datasets/:dataset", async (request, response) => {
    await catalog.deleteDataset(request.params.dataset, request.query.deleteContents === "true");
    response.status(204).end();
  });

  return router;
}
