/** The script of the console in the cloud: times in the reader's zone, the colour scheme, and buttons that copy. Pages work without it. */
import { copyOnClick } from "/_console/copy.js";
import { switchTheme } from "/_console/switch-theme.js";
import { localizeTimes } from "/_console/times.js";

localizeTimes();
switchTheme();
copyOnClick();
