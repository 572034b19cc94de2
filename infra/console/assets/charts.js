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
  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) echarts.getInstanceByDom(target)?.resize();
  });
  for (const place of places) resized.observe(place);
}

function draw(place) {
  echarts.getInstanceByDom(place)?.dispose();
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const { kind, stacked, categories, series } = JSON.parse(place.dataset.chart);
  const format = numberFormat(series[0]?.format);
  // The axis of a count may need fractions between whole numbers.
  const onAxis = series[0]?.format === "percent_1" ? format : plain;
  const sideways = kind === "bar";
  const along = {
    type: "category",
    data: categories,
    boundaryGap: kind === "column" || sideways,
    inverse: sideways,
    axisLine: { lineStyle: { color: color("--line") } },
    axisTick: { show: false },
    axisLabel: { color: color("--soft"), hideOverlap: true, formatter: shortDate },
  };
  const values = {
    type: "value",
    axisLabel: { color: color("--soft"), formatter: (value) => onAxis.format(value) },
    splitLine: { lineStyle: { color: color("--line") } },
    splitNumber: 4,
  };
  echarts.init(place).setOption({
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 250,
    color: [1, 2, 3, 4, 5, 6].map((n) => color(`--series-${n}`)),
    textStyle: { fontFamily: style.fontFamily },
    grid: { left: 4, right: 24, top: series.length > 1 ? 34 : 12, bottom: 4, containLabel: true },
    legend: {
      show: series.length > 1,
      type: "scroll",
      left: 0,
      top: 0,
      icon: "roundRect",
      itemWidth: 10,
      itemHeight: 10,
      textStyle: { color: color("--text") },
      pageTextStyle: { color: color("--soft") },
      pageIconColor: color("--soft"),
    },
    tooltip: {
      trigger: "axis",
      confine: true,
      backgroundColor: color("--surface"),
      borderColor: color("--line"),
      textStyle: { color: color("--text"), fontSize: 13 },
    },
    xAxis: sideways ? values : along,
    yAxis: sideways ? along : values,
    series: series.map(({ name, format: own, values: data }) => ({
      name,
      data,
      tooltip: {
        valueFormatter: (value) => (typeof value === "number" ? numberFormat(own).format(value) : "–"),
      },
      type: kind === "column" || sideways ? "bar" : "line",
      barMaxWidth: 26,
      symbolSize: 5,
      lineStyle: { width: 2 },
      ...(stacked && { stack: "all" }),
      ...(kind === "area" && { areaStyle: { opacity: 0.25 } }),
    })),
  });
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
