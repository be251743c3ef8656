import { MemoryTarget } from "./memory.ts";
import { targetContract } from "./target-contract.ts";

targetContract("memory", async () => new MemoryTarget());
