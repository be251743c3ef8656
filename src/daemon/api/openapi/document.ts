import * as z from "zod";
import type { Answer, Route } from "../route.ts";
import { error, named } from "./schemas.ts";

type Json = { readonly [key: string]: unknown };

/**
 * The API as an OpenAPI document, made of the routes themselves.
 * https://spec.openapis.org/oas/v3.1.1
 */
export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = addressOf(route.path);
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Slipway",
      version: "1",
      description:
        "What `slipway serve` answers. Instants are milliseconds since 1970-01-01T00:00Z, errors are in the language of `Accept-Language` or `?lang=`.",
      license: { name: "MIT", identifier: "MIT" },
    },
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "slipway_session" },
      },
    },
  };
}

/** `/badge/:mirror{.+\.svg}` → `/badge/{mirror}`, as OpenAPI has it. */
export function addressOf(path: string): string {
  return path.replace(/:(\w+)(\{[^}]*\})?/g, "{$1}");
}

function operationOf({ path, access, about, query, body, answers }: Route): Json {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  const parameters = [
    ...names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    ...(query === undefined ? [] : queryParameters(query)),
  ];
  return {
    summary: about,
    ...(access === "anyone" && { security: [] }),
    ...(access === "public" && { security: [{}, { bearer: [] }, { session: [] }] }),
    ...(access === "operator" && { description: "For tokens of the role operator." }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: { content: { "application/json": { schema: schemaOf(body) } } } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)])),
      default: answerOf({ about: "What is wrong", schema: error }),
    },
  };
}

function answerOf({ about, schema, type = "application/json" }: Answer): Json {
  if (schema !== undefined) return { description: about, content: { [type]: { schema: schemaOf(schema) } } };
  return { description: about };
}

function queryParameters(query: z.ZodObject): readonly Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: "input" });
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = typeof schema === "boolean" ? { description: undefined } : schema;
    return { name, in: "query", required: required.includes(name), description, schema: rest };
  });
}

const COMPONENTS = "#/components/schemas/";

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(named, { uri: (id) => `${COMPONENTS}${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)]));
}

/** What is a component, or has one in it, refers to that. */
function schemaOf(schema: z.ZodType): Json {
  const known = named.get(schema);
  if (known !== undefined) return { $ref: `${COMPONENTS}${known.id}` };
  return plain(z.toJSONSchema(schema, { metadata: named, io: "input" }));
}

/** Without what belongs to a document of its own, and without forbidding what a later version may add. */
function plain({ $schema, $id, $defs, id, ...schema }: Json): Json {
  const write = (key: string, value: unknown) =>
    key === "additionalProperties" && value === false ? undefined : value;
  return JSON.parse(JSON.stringify(schema, write).replaceAll('"#/$defs/', `"${COMPONENTS}`));
}
