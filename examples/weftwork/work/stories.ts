import type { LaunchStory } from '../../../src/launch/stories/schema.ts';
import { auditExport } from './audit-export.ts';
import { guestLanes } from './guest-lanes.ts';
import { smartHandoff } from './smart-handoff.ts';

export const stories: readonly LaunchStory[] = [smartHandoff, guestLanes, auditExport];
