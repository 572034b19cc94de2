/** Draws each `data-chart` with echarts in the colours of the page. The table below each chart has the same values. */
const dark = matchMedia("(prefers-color-scheme: dark)");
const formats = {
  decimal_0: new Intl.NumberFormat("en", { maximumFractionDigits: 0 }),
  decimal_1: new Intl.NumberFormat("en", { maximumFractionDigits: 1 }),
  percent_1: new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 }),
};
const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

export function drawCharts() {
  const places = [...document.querySelectorAll("[data-chart]")];
  if (places.length === 0) return;
  const drawAll = () => places.map(draw);
  drawAll();
  dark.addEventListener("change", drawAll);
  document.addEventListener("console:theme", drawAll);
  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) echarts.getInstanceByDom(target)?.resize();
  });
  for (const place of places) resized.observe(place);
}

function draw(place) {
  echarts.getInstanceByDom(place)?.dispose();
  const chart = JSON.parse(place.dataset.chart);
  const { kind, stacked, categories, series, unit } = chart;
  const happened = groupAnnotations(chart);
  const top = (series.length > 1 ? 34 : 12) + (kind === "bar" || !unit ? 0 : 20);
  const format = numberFormat(series[0]?.format);
  // The axis of a count may need fractions between whole numbers.
  const onAxis = series[0]?.format === "percent_1" ? format : plain;
  const sideways = kind === "bar";
  const along = {
    type: "category",
    data: categories,
    boundaryGap: kind === "column" || sideways,
    inverse: sideways,
    axisLine: { lineStyle: { color: readColor("--line") } },
    axisTick: { show: false },
    axisLabel: { color: readColor("--soft"), hideOverlap: true, formatter: shortDate },
  };
  const values = {
    type: "value",
    axisLabel: { color: readColor("--soft"), formatter: (value) => onAxis.format(value) },
    splitLine: { lineStyle: { color: readColor("--line") } },
    splitNumber: 4,
    minInterval: isCount(series) ? 1 : 0,
    name: unit,
    nameTextStyle: { color: readColor("--soft"), align: "left" },
    nameLocation: sideways ? "middle" : "end",
    nameGap: sideways ? 26 : 10,
  };
  const drawn = echarts.init(place);
  drawn.on("click", (point) => openRows(chart, point));
  // Beside a bar or a small point: the rows of its day.
  drawn.getZr().on("click", ({ target, offsetX, offsetY }) => {
    if (target || !drawn.containPixel({ gridIndex: 0 }, [offsetX, offsetY])) return;
    const [x, y] = drawn.convertFromPixel({ gridIndex: 0 }, [offsetX, offsetY]);
    openRows(chart, { componentType: "series", dataIndex: Math.round(sideways ? y : x) });
  });
  drawn.setOption({
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 250,
    color: [1, 2, 3, 4, 5, 6].map((n) => readColor(`--series-${n}`)),
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: {
      left: 4,
      right: 24,
      top,
      bottom: sideways && unit ? 24 : 4,
      containLabel: true,
    },
    legend: {
      show: series.length > 1,
      type: "scroll",
      left: 0,
      top: 0,
      icon: "roundRect",
      itemWidth: 10,
      itemHeight: 10,
      textStyle: { color: readColor("--text") },
      pageTextStyle: { color: readColor("--soft") },
      pageIconColor: readColor("--soft"),
    },
    tooltip: {
      trigger: "axis",
      confine: true,
      backgroundColor: readColor("--surface"),
      borderColor: readColor("--line"),
      textStyle: { color: readColor("--text"), fontSize: 13 },
      formatter: (points) => describePoints(chart, happened, points),
    },
    xAxis: sideways ? values : along,
    yAxis: sideways ? along : values,
    series: series.map(({ name, values: data, before }, index) => ({
      name,
      data,
      cursor: chart.rowsUrl && before === undefined ? "pointer" : "default",
      ...(index === 0 && markAnnotations(happened, top, categories.length)),
      type: kind === "column" || sideways ? "bar" : "line",
      barMaxWidth: 26,
      symbolSize: 5,
      lineStyle: { width: 2 },
      ...(stacked && { stack: before === undefined ? "all" : "before" }),
      ...(kind === "area" && before === undefined && { areaStyle: { opacity: 0.25 } }),
      ...(before !== undefined && mute(before)),
    })),
  });
}

/** A series of the period before has the colour of its series, paler and dashed. */
function mute(index) {
  const color = readColor(`--series-${(index % 6) + 1}`);
  return {
    color,
    lineStyle: { width: 1.5, type: "dashed", opacity: 0.6 },
    itemStyle: { opacity: 0.4 },
    symbolSize: 4,
    z: 1,
  };
}

/** Whether whole numbers are shown: their axis has no fractions. */
function isCount(series) {
  const isWhole = (value) => Number.isInteger(value ?? 0);
  return series.every(({ format, values }) => format !== "percent_1" && values.every(isWhole));
}

/** Deploys and incidents by the index of their category: a day, a week, or the first minute of the day. */
function groupAnnotations({ categories, timeframe, annotations = [] }) {
  const days = categories.map((category) => category.slice(0, 10));
  const groups = new Map();
  for (const annotation of annotations) {
    const isInWeek = (day) =>
      timeframe === "week" && day <= annotation.day && addDays(day, 7) > annotation.day;
    const index = days.findIndex((day) => day === annotation.day || isInWeek(day));
    if (index >= 0) groups.set(index, [...(groups.get(index) ?? []), annotation]);
  }
  return groups;
}

function addDays(day, count) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/**
 * A line for each day with an incident, and a triangle above each with a deploy.
 *
 * @param categories their number
 */
function markAnnotations(happened, top, categories) {
  const of = (kind) =>
    [...happened]
      .filter(([, found]) => found.some((each) => each.kind === kind))
      .map(([index]) => index)
      .sort((a, b) => a - b);
  return {
    markLine: {
      symbol: "none",
      silent: true,
      label: { formatter: "incident", color: readColor("--soft"), fontSize: 10 },
      lineStyle: { color: readColor("--bad"), type: "dashed" },
      data: labelApart(of("incident"), categories),
    },
    markPoint: {
      symbol: "triangle",
      symbolSize: 6,
      silent: true,
      itemStyle: { color: readColor("--soft") },
      label: { show: false },
      symbolRotate: 180,
      // Above the bars and lines.
      data: of("deploy").map((index) => ({ xAxis: index, y: top - 4 })),
    },
  };
}

/** Names the first of lines that are close together: their names would overlap. The axis has its unit at its beginning. */
function labelApart(indices, count) {
  let labelled = Number.NEGATIVE_INFINITY;
  return indices.map((index) => {
    const show = index - labelled > count / 8 && (index > 0 || count === 1);
    if (show) labelled = index;
    return { xAxis: index, label: { show } };
  });
}

const MAX_ANNOTATIONS = 6;

/** Text of a category: each value with what it is computed from, and what happened then. */
function describePoints(chart, happened, points) {
  const index = points[0]?.dataIndex ?? 0;
  const text = document.createElement("div");
  const addLine = (words, marker) => {
    const line = document.createElement("div");
    // echarts' own HTML of the series' colour.
    if (marker) line.insertAdjacentHTML("beforeend", marker);
    line.append(words);
    text.append(line);
  };
  addLine(chart.categories[index]);
  for (const { seriesIndex, marker } of points) {
    const { name, values, notes, format } = chart.series[seriesIndex];
    const value = values[index];
    const number = typeof value === "number" ? numberFormat(format).format(value) : "–";
    addLine(`${name}: ${number}${notes?.[index] ? ` (${notes[index]})` : ""}`, marker);
  }
  const found = happened.get(index) ?? [];
  for (const { kind, text: what } of found.slice(0, MAX_ANNOTATIONS)) addLine(`${kind}: ${what}`);
  if (found.length > MAX_ANNOTATIONS) addLine(`and ${found.length - MAX_ANNOTATIONS} more`);
  return text;
}

/** Opens the rows behind a point; without a series, those of its category. */
function openRows({ rowsUrl, at, series }, { componentType, dataIndex, seriesIndex }) {
  if (!rowsUrl || componentType !== "series" || !at[dataIndex]) return;
  const { measure, at: pivots, before } = series[seriesIndex] ?? {};
  // The rows of the period before are outside of the period of the page.
  if (before !== undefined) return;
  const where = encodeURIComponent(JSON.stringify({ ...at[dataIndex], ...pivots }));
  location.assign(`${rowsUrl}${measure ? `&measure=${measure}` : ""}&at=${where}`);
}

/** Saves a chart's picture, at twice its size, on the page's colour. @param name of the tile */
export function saveChart(name) {
  const chart = echarts.getInstanceByDom(document.getElementById(`chart-${name}`));
  if (!chart) return;
  const backgroundColor = readColor("--surface");
  const link = document.createElement("a");
  link.download = `${name}.png`;
  link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor });
  link.click();
}

/** A colour of the page in the current scheme: the value of the property itself names both schemes' colours. */
function readColor(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function numberFormat(name) {
  return formats[name] ?? plain;
}

/** Omits the year, which the period's fields show. */
function shortDate(category) {
  const [, day, time] = /^\d{4}-(\d\d-\d\d)(?: (\d\d:\d\d))?/.exec(category) ?? [];
  if (!day) return category.length > 28 ? `${category.slice(0, 27)}…` : category;
  return time ?? day;
}
