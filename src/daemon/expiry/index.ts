/** When credentials end. */
export { type Ending, type EndingsMeans, endingsOf } from "./endings.ts";
export { type EndingsWatch, watchEndings } from "./watch.ts";
