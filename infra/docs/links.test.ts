import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const git = ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"];
const pages = execFileSync("git", git, { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((page) => page !== "" && existsSync(join(root, page)));

/** The anchors that GitHub gives to a page's headings. */
function listAnchors(page: string): string[] {
  const headings = readFileSync(join(root, page), "utf8")
    .replaceAll(/^```.*?^```/gms, "")
    .matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .trim()
      .replaceAll(" ", "-"),
  );
}

/** @returns the links to files and headings that do not exist */
function listBrokenLinks(page: string): string[] {
  const links = readFileSync(join(root, page), "utf8").matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g);
  return [...links]
    .map(([, link = ""]) => link)
    .filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path ? normalize(join(dirname(page), path)) : page;
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && target.endsWith(".md") && !listAnchors(target).includes(anchor);
    });
}

/** @returns the paths in backticks that do not exist; those with a placeholder or a wildcard are skipped */
function listMissingPaths(page: string): string[] {
  const paths = readFileSync(join(root, page), "utf8").matchAll(
    /`((?:functions|shared|infra|test|docs)\/[\w./-]+)`/g,
  );
  return [...paths].map(([, path = ""]) => path).filter((path) => !existsSync(join(root, path)));
}

/** Created on the machine of a reader who sets the suite up. */
const createdBySetUp = ["infra/terraform/installation.auto.tfvars", "infra/terraform/.terraform.lock.hcl"];

it.each(pages)("%s links and names files that exist", (page) => {
  const missing = listMissingPaths(page).filter((path) => !createdBySetUp.includes(path));
  expect({ links: listBrokenLinks(page), missing }).toEqual({ links: [], missing: [] });
});
