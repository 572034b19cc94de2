import type { z } from "zod";
import type { block } from "../../emulators/slack/block-kit/block.ts";

/** A block that the Slack emulator has validated: https://docs.slack.dev/reference/block-kit/blocks */
export type BlockKitBlock = z.infer<typeof block>;
