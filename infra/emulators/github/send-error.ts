import type { Response } from "express";

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api */
export function sendError(response: Response, status: number, message: string) {
  response
    .status(status)
    .json({ message, documentation_url: "https://docs.github.com/rest", status: String(status) });
}

export function sendNotFound(response: Response) {
  sendError(response, 404, "Not Found");
}
