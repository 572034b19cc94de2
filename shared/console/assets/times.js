const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const zone = new Intl.DateTimeFormat(undefined, { timeZoneName: "short" });

/** Shows times in the reader's zone, with UTC where one points. The server renders UTC. */
export function localizeTimes() {
  for (const element of document.querySelectorAll("time[datetime]:not([data-zoned])")) {
    const time = new Date(element.dateTime);
    if (Number.isNaN(time.getTime())) continue;
    const isToday = day.format(time) === day.format(new Date());
    const name = zone.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";
    element.textContent =
      "full" in element.dataset
        ? `${full.format(time)}, ${clock.format(time)} ${name}`
        : `${isToday ? "" : `${day.format(time)}, `}${clock.format(time)}`;
    element.title = `${element.dateTime.replace("T", " ").replace(/(\.\d+)?Z$/, "")} UTC`;
    element.dataset.zoned = "";
  }
}

const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

/** Puts the day before the first part of each day in a `data-days` element. It is the reader's day, which the server does not know. */
export function separateDays() {
  for (const list of document.querySelectorAll("[data-days]")) {
    for (const old of list.querySelectorAll(":scope > .day")) old.remove();
    let last = "";
    for (const part of [...list.children]) {
      const time = new Date(part.querySelector("time")?.dateTime ?? Number.NaN);
      if (Number.isNaN(time.getTime())) continue;
      const name = weekday.format(time);
      if (name !== last) part.before(daySeparator(name));
      last = name;
    }
  }
}

function daySeparator(name) {
  const separator = document.createElement("p");
  separator.className = "day";
  separator.textContent = name;
  return separator;
}

/** The time of day in the reader's zone. */
export function formatClock(time) {
  return clock.format(time);
}
