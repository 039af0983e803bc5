import TestSupport

/// The parts of a scenario, spoilt one by one.
extension Spoilt {
  static let syntax = [
    Spoilt(
      "focus: 0301",
      "focus: \"0301",
      "full.yml:30:25: It is not YAML here: while scanning a quoted scalar, found "
        + "unexpected end of stream. Check the indentation and the colons."
    ),
    Spoilt(
      "  en: Sample",
      "\ten: Sample",
      "full.yml:3:1: It is not YAML here: while scanning a plain scalar, found a tab "
        + "character that violates indentation. Check the indentation and the colons."
    ),
    Spoilt(
      "[share, count]",
      "[share, count",
      "full.yml:8:9: It is not YAML here: while parsing a flow sequence, did not find "
        + "expected ',' or ']'. Check the indentation and the colons."
    ),
    Spoilt(
      "focus: 0301",
      "focus: 0301: 2",
      "full.yml:6:12: It is not YAML here: mapping values are not allowed in this context. "
        + "Check the indentation and the colons."
    ),
    Spoilt(
      "horizon: 2030",
      "horizon: 2030\nhorizon: 2031",
      "full.yml:9:1: A key stands twice in one mapping, here for the first time: horizon."
    ),
    Spoilt(
      "    kind: growth",
      "    kind: growth\n    kind: set",
      "full.yml:19:5: A key stands twice in one mapping, here for the first time: kind."
    ),
  ]

  static let keys = [
    Spoilt(
      "horizon: 2030",
      "horizonn: 2030",
      "full.yml:9:1: Unknown key \"horizonn\". Did you mean horizon? Allowed are: title, "
        + "note, division, focus, indicators, baseline, horizon, others, futures, levers, targets, sweep, expect."
    ),
    Spoilt(
      "division: parts",
      "colour: red",
      "full.yml:5:1: Unknown key \"colour\". Allowed are: title, note, division, focus, "
        + "indicators, baseline, horizon, others, futures, levers, targets, sweep, expect."
    ),
    Spoilt(
      "  en: Sample",
      "  end: Sample",
      "full.yml:3:3: Unknown key \"end\" in title. Did you mean en? Allowed are: nb, en."
    ),
    Spoilt(
      "{year: 2020, fill: carry}",
      "{yaer: 2020}",
      "full.yml:8:12: Unknown key \"yaer\" in baseline. Allowed are: year, fill."
    ),
    Spoilt(
      "  window: 7",
      "  windows: 7",
      "full.yml:13:3: Unknown key \"windows\" in others. Did you mean window? Allowed are: "
        + "move, focus, window, weight, growth, borrow."
    ),
    Spoilt(
      "    until: 2025",
      "    untill: 2025",
      "full.yml:24:5: Unknown key \"untill\" in levers[1]. Did you mean until? Allowed are: "
        + "id, kind, series, indicator, whom, value, target, from, until, ramp."
    ),
    Spoilt(
      "to: 1, step: 0.25",
      "to: 1, steps: 0.25",
      "full.yml:27:39: Unknown key \"steps\" in sweep. Did you mean step? Allowed are: "
        + "lever, from, to, step."
    ),
    Spoilt(
      "{unit: R1, level: 7}",
      "{unit: R1, rank: 7}",
      "full.yml:30:16: Unknown key \"rank\" in expect[2]. Allowed are: unit, indicator, "
        + "year, place, movement, level."
    ),
    Spoilt("focus: 0301\n", "", "full.yml:1:1: The scenario needs the key \"focus\""),
    Spoilt("focus: 0301\n", "focus:\n", "full.yml:1:1: The scenario needs the key \"focus\""),
    Spoilt("  en: Sample\n", "", "full.yml:2:3: \"title\" needs the key \"en\""),
    Spoilt(
      "{year: 2020, fill: carry}",
      "{fill: carry}",
      "full.yml:8:11: \"baseline\" needs the key \"year\""
    ),
    Spoilt("  move: trend\n", "", "full.yml:11:3: \"others\" needs the key \"move\""),
    Spoilt(
      "    whom: [R1, 0301, counties/03, everyone]\n",
      "",
      "full.yml:18:5: \"levers[1]\" needs the key \"whom\""
    ),
    Spoilt(", step: 0.25}", "}", "full.yml:27:8: \"sweep\" needs the key \"step\""),
    Spoilt(
      "{unit: R1, level: 7}",
      "{level: 7}",
      "full.yml:30:5: \"expect[2]\" needs the key \"unit\""
    ),
  ]

  static let values = [
    Spoilt(
      "  nb: Prøve",
      "  nb: [Prøve, Test]",
      "full.yml:2:7: \"title.nb\" must be a text, not \"a list\""
    ),
    Spoilt(
      "{nb: Hvorfor, en: Why}",
      "{nb: På norsk, en: {a: b}}",
      "full.yml:4:26: \"note.en\" must be a text, not \"a mapping\""
    ),
    Spoilt(
      "{nb: Hvorfor, en: Why}",
      "Why",
      "full.yml:4:7: \"note\" must be a mapping of nb, en, not \"Why\""
    ),
    Spoilt(
      "{year: 2020, fill: carry}",
      "2020",
      "full.yml:8:11: \"baseline\" must be a mapping of year, fill, not \"2020\""
    ),
    Spoilt("focus: 0301", "focus: \"\"", "full.yml:6:8: \"focus\" must be a text, not \"\""),
    Spoilt(
      "division: parts",
      "division: [parts]",
      "full.yml:5:11: \"division\" must be a text, not \"a list\""
    ),
    Spoilt("[share, count]", "[]", "full.yml:1:1: The scenario needs at least one indicator"),
    Spoilt(
      "[share, count]",
      "[share, [count]]",
      "full.yml:7:21: \"indicators[2]\" must be a text, not \"a list\""
    ),
    Spoilt(
      "horizon: 2030",
      "horizon: soon",
      "full.yml:9:10: \"horizon\" must be a whole number, not \"soon\""
    ),
    Spoilt(
      "horizon: 2030",
      "horizon: 2030.5",
      "full.yml:9:10: \"horizon\" must be a whole number, not \"2030.5\""
    ),
    Spoilt(
      "value: −1.5",
      "value: much",
      "full.yml:22:12: \"levers[1].value\" must be a number, not \"much\"."
    ),
    Spoilt(
      "value: −1.5",
      "value: 1,5",
      "full.yml:22:12: \"levers[1].value\" must be a number, not \"1,5\". Write the "
        + "decimals after a point."
    ),
    Spoilt(
      "value: −1.5",
      "value: .inf",
      "full.yml:22:12: \"levers[1].value\" must be a number, not \".inf\"."
    ),
    Spoilt(
      "value: −1.5",
      "value: [1, 2]",
      "full.yml:22:12: \"levers[1].value\" must be a number, not \"a list\""
    ),
    Spoilt(
      "{employed: 1.5}",
      "employed",
      "full.yml:15:11: \"others.growth\" must be a mapping, not \"employed\""
    ),
    Spoilt(
      "place: 51",
      "place: first",
      "full.yml:29:55: \"expect[1].place\" must be a whole number, not \"first\""
    ),
    Spoilt(
      "level: 77.640",
      "level: high",
      "full.yml:29:80: \"expect[1].level\" must be a number, not \"high\"."
    ),
  ]

  static let choices = [
    Spoilt(
      "fill: carry",
      "fill: cary",
      "full.yml:8:30: \"baseline.fill\" must be one of none, carry, national, not \"cary\". "
        + "Did you mean carry?"
    ),
    Spoilt(
      "move: trend",
      "move: trends",
      "full.yml:11:9: \"others.move\" must be one of hold, national, trend, model, not \"trends\". "
        + "Did you mean trend?"
    ),
    Spoilt(
      "move: trend",
      "move: fast",
      "full.yml:11:9: \"others.move\" must be one of hold, national, trend, model, not \"fast\"."
    ),
    Spoilt(
      "focus: hold",
      "focus: holds",
      "full.yml:12:10: \"others.focus\" must be one of same, hold, not \"holds\". Did you "
        + "mean hold?"
    ),
    Spoilt(
      "kind: growth",
      "kind: grow",
      "full.yml:19:11: \"levers[1].kind\" must be one of growth, change, set, reach, not "
        + "\"grow\". Did you mean growth?"
    ),
    Spoilt(
      "ramp: s-curve",
      "ramp: scurve",
      "full.yml:25:11: \"levers[1].ramp\" must be one of step, linear, s-curve, not "
        + "\"scurve\". Did you mean s-curve?"
    ),
  ]

  static let years = [
    Spoilt(
      "horizon: 2030",
      "horizon: 2020",
      "full.yml:9:10: \"horizon\" must be after the baseline year"
    ),
    Spoilt(
      "horizon: 2030",
      "horizon: 2121",
      "full.yml:9:10: \"horizon\" must be at most 100 years after the baseline year"
    ),
    Spoilt(
      "until: 2025",
      "until: 2021",
      "full.yml:24:12: The lever \"first\" ends (until) before it starts (from)."
    ),
    Spoilt(
      "year: 2020, fill",
      "year: 9223372036854775700, fill",
      "full.yml:8:18: \"baseline.year\" must be a year, not \"9223372036854775700\""
    ),
    Spoilt(
      "horizon: 2030",
      "horizon: 9223372036854775807",
      "full.yml:9:10: \"horizon\" must be a year, not \"9223372036854775807\""
    ),
    Spoilt(
      "until: 2025",
      "until: 0",
      "full.yml:24:12: \"levers[1].until\" must be a year, not \"0\""
    ),
    Spoilt(
      "from: 2022",
      "from: 20222",
      "full.yml:23:11: \"levers[1].from\" must be a year, not \"20222\""
    ),
    Spoilt(
      "unit: 0301, year: 2022",
      "unit: 0301, year: [2022]",
      "full.yml:29:24: \"expect[1].year\" must be a whole number, not \"a list\""
    ),
  ]

  static let levers = [
    Spoilt(
      "    series: employed\n",
      "    series: employed\n    indicator: share\n",
      "full.yml:18:5: \"levers[1]\" needs either \"series\" or \"indicator\", and not both"
    ),
    Spoilt(
      "    series: employed\n",
      "",
      "full.yml:18:5: \"levers[1]\" needs either \"series\" or \"indicator\", and not both"
    ),
    Spoilt(
      "target: 0102}",
      "target: 0102, value: 1}",
      "full.yml:26:5: \"levers[2]\" reaches the level of \"target\" and has no \"value\""
    ),
    Spoilt(", target: 0102}", "}", "full.yml:26:5: \"levers[2]\" needs the key \"target\""),
    Spoilt("    value: −1.5\n", "", "full.yml:18:5: \"levers[1]\" needs the key \"value\""),
    Spoilt(
      "    value: −1.5\n",
      "    value: 1\n    target: Ask\n",
      "full.yml:18:5: \"levers[1]\" has a \"target\", which only the kind reach has"
    ),
    Spoilt(
      "id: second",
      "id: first",
      "full.yml:26:5: \"levers[2]\" has the id \"first\", which an earlier lever bears"
    ),
    Spoilt(
      "value: −1.5",
      "value: -100",
      "full.yml:22:12: The lever \"first\" must grow by more than −100 per cent."
    ),
  ]

  static let others = [
    Spoilt("weight: 0.5", "weight: 1.5", "full.yml:14:11: \"others.weight\" must be from 0 to 1"),
    Spoilt("weight: 0.5", "weight: -0.1", "full.yml:14:11: \"others.weight\" must be from 0 to 1"),
    Spoilt("window: 7", "window: 0", "full.yml:13:11: \"others.window\" must be 1 to 30 years"),
    Spoilt("window: 7", "window: 31", "full.yml:13:11: \"others.window\" must be 1 to 30 years"),
    Spoilt(
      "{employed: 1.5}",
      "{employed: -100}",
      "full.yml:15:22: \"others.growth.employed\" must be above −100 per cent"
    ),
    Spoilt(
      "{people: jobs}",
      "{people: [jobs]}",
      "full.yml:16:20: \"others.borrow.people\" must be a text, not \"a list\""
    ),
  ]

  static let sweeps = [
    Spoilt("{lever: first,", "{lever: frist,", "full.yml:27:16: There is no lever \"frist\"."),
    Spoilt(
      "{lever: first,",
      "{lever: second,",
      "full.yml:27:16: The lever \"second\" has no value to vary: it reaches another unit's "
        + "level."
    ),
    Spoilt(
      "to: 1, step: 0.25",
      "to: 1, step: 0",
      "full.yml:27:45: \"sweep.step\" must lead from \"from\" to \"to\" in 1 to 1,000 steps"
    ),
    Spoilt(
      "to: 1, step: 0.25",
      "to: 1, step: -1",
      "full.yml:27:45: \"sweep.step\" must lead from \"from\" to \"to\" in 1 to 1,000 steps"
    ),
    Spoilt(
      "to: 1, step: 0.25",
      "to: 1001, step: 1",
      "full.yml:27:48: \"sweep.step\" must lead from \"from\" to \"to\" in 1 to 1,000 steps"
    ),
    Spoilt(
      "{unit: R1, level: 7}",
      "{unit: R1}",
      "full.yml:30:5: \"expect[2]\" needs at least one of \"place\", \"movement\" and \"level\""
    ),
  ]
}
