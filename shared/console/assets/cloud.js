/** The script of the console in the cloud: times in the reader's zone, and buttons that copy. Pages work without it. */
import { copyOnClick } from "/_console/copy.js";
import { localizeTimes } from "/_console/times.js";

localizeTimes();
copyOnClick();
