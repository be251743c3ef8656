const { readFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { join } = require("node:path");

const workflow = readFileSync(join(__dirname, "workflow/default.json"));

createServer((_, response) => response.setHeader("content-type", "application/json").end(workflow)).listen(8080);
