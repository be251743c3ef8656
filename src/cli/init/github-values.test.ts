import assert from "node:assert/strict";
import { test } from "node:test";
import { imageOf, withVariables } from "./github-values.ts";

const HERE = {
  env: new Map([
    ["REGISTRY", "ghcr.io"],
    ["IMAGE", "${{ github.repository }}"],
    ["HOST", "${{ vars.HOST }}"],
    ["LOOP", "${{ env.LOOP }}"],
  ]),
  repository: { owner: "Acme", name: "App" },
};

const TEXTS: readonly (readonly [text: string, written: string | undefined])[] = [
  ["plain $x", "plain $x"],
  ["${X}", "$${X}"],
  ["${{ secrets.X }}", "${X}"],
  ["a-${{vars.Y}}-b", "a-${Y}-b"],
  ["${{ github.token }}", "${GITHUB_TOKEN}"],
  ["${{ github.actor }}", "${GITHUB_ACTOR}"],
  ["${{ github.repository }}", "acme/app"],
  ["${{ github.repository_owner }}/${{ github.event.repository.name }}", "acme/app"],
  ["${{ env.IMAGE }}", "acme/app"],
  ["${{ env.LOOP }}", undefined],
  ["${{ env.NOWHERE }}", undefined],
  ["${{ github.run_id }}", undefined],
  ["${{ format('{0}', secrets.X) }}", undefined],
];

for (const [text, written] of TEXTS) {
  test(`${text} is ${written ?? "not known"}`, () => assert.equal(withVariables(text, HERE), written));
}

test("without a repository its name is not known", () => {
  assert.equal(withVariables("${{ github.repository }}", { env: new Map() }), undefined);
});

const IMAGES: readonly (readonly [text: string, image: string | undefined])[] = [
  ["${{ env.REGISTRY }}/${{ env.IMAGE }}", "ghcr.io/acme/app"],
  ["Acme/App", "docker.io/acme/app"],
  ["nginx", "docker.io/library/nginx"],
  ["localhost:5000/a", "localhost:5000/a"],
  ["${{ secrets.DOCKERHUB_USERNAME }}/app", "docker.io/${DOCKERHUB_USERNAME}/app"],
  ["${{ env.HOST }}/App", "${HOST}/app"],
  ["${{ matrix.image }}", undefined],
  ["", undefined],
];

for (const [text, image] of IMAGES) {
  test(`the image ${text} is ${image ?? "not known"}`, () => assert.equal(imageOf(text, HERE), image));
}
