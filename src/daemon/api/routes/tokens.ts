import * as z from "zod";
import type { TokenRecord } from "../../../store/records.ts";
import { failure } from "../../../words/error.ts";
import { hashOfToken, makeToken } from "../../tokens/token.ts";
import { newToken, page, token } from "../openapi/schemas.ts";
import { bodyOf, named, type Route } from "../route.ts";
import type { NewTokenShape, Page, TokenShape } from "../shapes.ts";

const newBody = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.@-]{1,64}$/, "expected 1 to 64 letters, digits, dots, dashes, underscores or @")
    .describe("What it is called: whom or what it is for."),
  role: z.enum(["reader", "operator"]).describe("`operator` may change things, `reader` may not."),
});

export const tokenRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/tokens",
    access: "operator",
    about: "Who may ask: the tokens' names, never themselves",
    answers: { 200: { about: "The tokens", schema: page(token) } },
    handle: async ({ control }, call) => {
      const { tokens } = control.store;
      return call.json({ items: (await tokens.all()).map(tokenShape) } satisfies Page<TokenShape>);
    },
  },
  {
    method: "post",
    path: "/api/v1/tokens",
    access: "operator",
    about: "Makes a token, which is told this once",
    body: newBody,
    answers: { 201: { about: "The token", schema: newToken } },
    handle: async ({ control }, call) => {
      const { tokens } = control.store;
      const { name, role } = await bodyOf(call, newBody);
      if ((await tokens.all()).some((record) => record.name === name)) throw failure("TOKEN_EXISTS", { name });
      const made = makeToken();
      const record = { name, role, hash: hashOfToken(made), createdAt: control.now() };
      await tokens.put(record);
      return call.json({ ...tokenShape(record), token: made } satisfies NewTokenShape, 201);
    },
  },
  {
    method: "delete",
    path: "/api/v1/tokens/:token",
    access: "operator",
    about: "Removes a token, and ends the logins that were made with it",
    answers: { 204: { about: "It is gone" } },
    handle: async ({ control }, call) => {
      const { tokens } = control.store;
      const name = named(call, "token");
      const operators = (await tokens.all()).filter(({ role }) => role === "operator");
      if (operators.length === 1 && operators[0]?.name === name) throw failure("TOKEN_NEEDED", { name });
      if (!(await tokens.remove(name))) throw failure("TOKEN_UNKNOWN", { name: name.slice(0, 100) });
      return call.body(null, 204);
    },
  },
];

function tokenShape({ name, role, createdAt, usedAt }: TokenRecord): TokenShape {
  return { name, role, createdAt, usedAt };
}
