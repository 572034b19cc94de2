/** Says what a month costs at Google's list prices: npm run costs */
import { costsTable } from "./costs-table.ts";

console.log(await costsTable());
