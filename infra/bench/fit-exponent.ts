/** A measurement: an amount of work, and what it cost. */
export interface Point {
  size: number;
  cost: number;
}

/**
 * The exponent k of cost = c · size^k that fits the points best: 1 for linear growth, 2 for quadratic.
 * It is the slope of the least-squares line through the logarithms.
 */
export function fitExponent(points: Point[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanX = mean(logs.map(({ x }) => x));
  const meanY = mean(logs.map(({ y }) => y));
  const covariance = mean(logs.map(({ x, y }) => (x - meanX) * (y - meanY)));
  return covariance / mean(logs.map(({ x }) => (x - meanX) ** 2));
}
