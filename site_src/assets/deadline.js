/* The latest day of a reply: the arithmetic of hooks/mingshi/deadlines.py, and the form that asks for a date. */
(function () {
  "use strict";
  var here = document.currentScript ? document.currentScript.src : "";
  var DAY = 1440; // minutes
  var EPOCH = 719163; // 1 January 1970, in the days of Python's calendar

  // --- The arithmetic. Days are numbered, moments are minutes since day 0; null is beyond the calendar.

  function officeDays(data) {
    var off = {}, worked = {}, years = Object.keys(data.years).map(Number);
    years.forEach(function (year) {
      data.years[year][0].split(" ").forEach(function (day) { if (day) off[dayOf(year, day)] = true; });
      data.years[year][1].split(" ").forEach(function (day) { if (day) worked[dayOf(year, day)] = true; });
    });
    var first = number(Math.min.apply(null, years), 1, 1), last = number(Math.max.apply(null, years), 12, 31);
    return {
      first: first, last: last, shifts: data.shifts, provisional: data.provisional,
      works: function (day) {
        if (day < first || day > last) throw BEYOND;
        return worked[day] === true || ((day + 6) % 7 < 5 && off[day] !== true);
      }
    };
  }

  var BEYOND = { name: "BeyondCalendar" };

  function number(year, month, day) { return Date.UTC(year, month - 1, day) / 864e5 + EPOCH; }
  function dayOf(year, monthAndDay) { return number(year, Number(monthAndDay.slice(0, 2)), Number(monthAndDay.slice(2))); }

  function parse(text) {
    var parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?/.exec(text);
    return parts && number(+parts[1], +parts[2], +parts[3]) * DAY + (parts[4] ? +parts[4] * 60 + +parts[5] : 0);
  }

  function parts(day) {
    var date = new Date((day - EPOCH) * 864e5);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  }

  function write(minutes, timed) {
    var text = new Date((Math.floor(minutes / DAY) - EPOCH) * 864e5 + (minutes % DAY) * 6e4).toISOString();
    return text.slice(0, timed ? 16 : 10);
  }

  // 15 day calendar; "first" at its end where the day of the event counts
  function length(text) {
    var words = (text || "").split(" ");
    return words.length < 3 ? null : { value: Number(words[0]), unit: words[1], counting: words[2], first: words[3] === "first" };
  }

  function due(received, limit, days, pauses, more) {
    var gaps = merged(pauses || []);
    try {
      days.works(Math.floor(received / DAY));
      var end = endOf(received, limit, gaps, days);
      var extended = more ? endOf(end.last + (more.unit === "hour" && limit.unit !== "hour" ? DAY : 0), more, gaps, days) : null;
      return { end: end, extended: extended };
    } catch (fault) {
      if (fault === BEYOND) return null;
      throw fault;
    }
  }

  function endOf(start, limit, gaps, days) {
    if (limit.unit === "hour") {
      var moment = hours(start, limit, gaps, days);
      return { counted: moment, last: moment };
    }
    var first = Math.floor(start / DAY) + (limit.first ? 0 : 1);
    var stops = gaps.map(function (gap) { return [Math.max(Math.floor(gap[0] / DAY), first - 1), Math.floor(gap[1] / DAY)]; });
    var counted = (limit.unit === "month" ? months : countDays)(first, limit, stops, days);
    for (var last = counted; !days.works(last);) last += 1;
    return { counted: counted * DAY, last: last * DAY };
  }

  function countDays(first, limit, stops, days) {
    var day = first - 1;
    for (var left = limit.value; left;) {
      day += 1;
      var works = days.works(day);
      var stands = stops.some(function (stop) { return stop[0] < day && day <= stop[1]; });
      if (!stands && (limit.counting === "calendar" || works)) left -= 1;
    }
    return day;
  }

  function months(first, limit, stops) {
    var start = parts(first), ahead = start.month - 1 + limit.value;
    var year = start.year + Math.floor(ahead / 12), month = ahead % 12 + 1;
    var after = number(year + Math.floor(month / 12), month % 12 + 1, 1);
    var end = start.day > after - number(year, month, 1) ? after - 1 : number(year, month, start.day) - 1;
    stops.forEach(function (stop) { if (stop[0] < end && stop[1] > stop[0]) end += stop[1] - stop[0]; });
    return end;
  }

  function hours(start, limit, gaps, days) {
    var left = limit.value * 60, open = openTime(start, limit.counting, gaps, days);
    for (var stretch = open(); ; stretch = open()) {
      if (left <= stretch[1] - stretch[0]) return stretch[0] + left;
      left -= stretch[1] - stretch[0];
    }
  }

  // The stretches that count from a moment on, one at each call
  function openTime(start, counting, gaps, days) {
    var day = Math.floor(start / DAY), ready = [];
    return function () {
      while (!ready.length) {
        var works = days.works(day);
        ready = stretches(day, start, counting === "calendar" ? [[0, DAY]] : works ? days.shifts : [], gaps);
        day += 1;
      }
      return ready.shift();
    };
  }

  function stretches(day, start, shifts, gaps) {
    var found = [];
    shifts.forEach(function (shift) {
      var begin = Math.max(start, day * DAY + shift[0]), end = day * DAY + shift[1];
      gaps.forEach(function (gap) {
        if (begin < Math.min(gap[0], end)) {
          found.push([begin, Math.min(gap[0], end)]);
          begin = Math.min(gap[0], end);
        }
        if (gap[0] < end) begin = Math.max(begin, gap[1]);
      });
      if (begin < end) found.push([begin, end]);
    });
    return found;
  }

  function merged(pauses) {
    var reached = 0, found = [];
    pauses.slice().sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; }).forEach(function (pause) {
      var begin = Math.max(pause[0], reached);
      if (pause[1] > begin) {
        found.push([begin, pause[1]]);
        reached = pause[1];
      }
    });
    return found;
  }

  window.mingshiDeadlines = { officeDays: officeDays, due: due, length: length, parse: parse, write: write };
})();
