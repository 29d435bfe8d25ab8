import type { Attack } from './attacks/attack.ts';
import { bridge } from './attacks/bridge.ts';
import { depths } from './attacks/depths.ts';
import { doors } from './attacks/doors.ts';

/** All attacks in the order in which they run; also in Pyodide as it comes, to show that they bite. */
export const attacks: readonly Attack[] = [...doors, ...bridge, ...depths];
