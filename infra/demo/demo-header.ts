/** Marks the deliveries of the demo, so that the console can say of numbers that they are invented. Source functions do not look at it. */
export const demoHeader = "x-demo";
