// What the workspace's own page needs of the inspector: its banner.

import { watchFaults } from "./banner.js";

watchFaults();
