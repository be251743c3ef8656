/** Messages to people on their way, until they are delivered or given up. */
export { complaining } from "./complaint.ts";
export { type Loop, startLoop } from "./loop.ts";
export { type Log, type OutboxOptions, startOutbox } from "./outbox.ts";
export { projectOf } from "./project.ts";
export { CHANNEL } from "./silent-channel.ts";
export { storedError } from "./stored-error.ts";
export { messageIn, storedMessage } from "./stored-message.ts";
export { type Tested, type TestOptions, testChannel } from "./test-channel.ts";
