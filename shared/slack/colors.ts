/** Colours of the bar beside an attachment, by what they say. */
export const colors = {
  red: "#F55459",
  green: "#33BF9E",
  lightGreen: "#B6ECDF",
  neutral: "#C6BECF",
} as const;

export type Color = keyof typeof colors;
