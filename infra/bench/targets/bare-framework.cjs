/** The Functions Framework without work: the least that a function on it can cost. */
const { http } = require("@google-cloud/functions-framework");

http("handler", (_request, response) => response.status(204).end());
