# Times what an analyst with R would use instead of regionsim; peers.py starts it:
#
#     Rscript peers.R "matrixStats::colRanks" directory=DIR units=357 columns=10000 ...
#
# Prints one JSON object. Needs R (Debian: r-base-core, r-cran-matrixstats) and, of CRAN,
# install.packages(c("csranks", "COINr")); what is missing is said to be skipped.

arguments <- commandArgs(trailingOnly = TRUE)
name <- arguments[1]
pairs <- strsplit(arguments[-1], "=", fixed = TRUE)
facts <- setNames(
  lapply(pairs, function(pair) paste(pair[-1], collapse = "=")),
  vapply(pairs, `[`, "", 1)
)

text_of <- function(fact) facts[[fact]]
number_of <- function(fact) as.numeric(facts[[fact]])

numbers <- function(fact, count) {
  path <- file.path(text_of("directory"), text_of(fact))
  readBin(path, "double", count, size = 8, endian = "little")
}

integers <- function(fact, count, size, signed = TRUE) {
  path <- file.path(text_of("directory"), text_of(fact))
  readBin(path, "integer", count, size = size, signed = signed, endian = "little")
}

json_text <- function(text) paste0('"', gsub('(["\\\\])', "\\\\\\1", text), '"')

json_value <- function(value) {
  if (is.character(value)) json_text(value)
  else if (is.na(value)) "null"
  else if (is.logical(value)) tolower(as.character(value))
  else format(value, digits = 15, scientific = FALSE, trim = TRUE)
}

say <- function(fields) {
  values <- vapply(fields, json_value, "")
  cat("{", paste0(json_text(names(fields)), ": ", values, collapse = ", "), "}\n", sep = "")
}

skip <- function(work, why) {
  say(list(work = work, implementation = name, skipped = why))
  quit(status = 0)
}

need <- function(work, package) {
  if (!requireNamespace(package, quietly = TRUE)) {
    skip(work, paste("the R package", package, "is missing"))
  }
}

peak_megabytes <- function() {
  if (!file.exists("/proc/self/status")) return(NA)
  line <- grep("^VmHWM:", readLines("/proc/self/status"), value = TRUE)
  round(as.numeric(gsub("[^0-9]", "", line)) / 1024, 1)
}

elapsed <- function(run) {
  start <- Sys.time()  # Finer than proc.time(), whose steps are milliseconds.
  run()
  max(as.numeric(Sys.time()) - as.numeric(start), 1e-6)
}

# As many columns or draws as fit in the time of one run, from the time of a few.
affordable <- function(run, small, size) {
  seconds <- number_of("seconds") / (number_of("repeats") + 3)
  small <- min(small, size)
  repeat {
    time <- elapsed(function() run(small))
    fits <- floor(min(size, small * seconds / time))
    if (fits < 2 * small) return(max(1, min(small, fits)))
    small <- min(fits, 16 * small)
  }
}

report <- function(work, package, units, columns, unit, times, figure, is_equal, note = "") {
  figures <- vapply(times, figure, 0)
  say(list(
    work = work, implementation = name, version = as.character(packageVersion(package)),
    units = units, columns = columns, threads = 1, median = median(figures), min = min(figures),
    max = max(figures), unit = unit, repeats = length(times), peakMegabytes = peak_megabytes(),
    isEqual = is_equal, note = note
  ))
}

rank_columns <- function() {
  need("rank", "matrixStats")
  units <- number_of("units")
  read <- function(columns) matrix(-numbers("values", units * columns), units, columns)
  rank <- function(values) {
    matrixStats::colRanks(values, ties.method = "min", preserveShape = TRUE)
  }
  all_values <- read(number_of("columns"))
  columns <- affordable(
    function(count) rank(all_values[, seq_len(count), drop = FALSE]), 64, number_of("columns")
  )
  values <- all_values[, seq_len(columns), drop = FALSE]
  checked <- min(number_of("checked"), columns)
  places <- matrix(integers("places", units * checked, 2, signed = FALSE), units, checked)
  is_equal <- all(rank(values)[, seq_len(checked)] == places)
  times <- vapply(seq_len(number_of("repeats")), function(i) elapsed(function() rank(values)), 0)
  report("rank", "matrixStats", units, columns, "ns/element", times,
         function(time) time * 1e9 / (units * columns), is_equal)
}

rank_composites <- function() {
  need("weights", "COINr")
  units <- number_of("units")
  indicators <- number_of("indicators")
  values <- matrix(numbers("values", units * indicators), units, indicators)
  normalised <- as.data.frame(apply(values, 2, function(x) {
    if (max(x) > min(x)) (x - min(x)) / (max(x) - min(x)) else 0 * x
  }))
  base <- numbers("base", indicators)
  spread <- number_of("spread")
  mean_places <- function(draws) {
    sums <- numeric(units)
    for (draw in seq_len(draws)) {
      weights <- base * (1 + spread * (2 * runif(indicators) - 1))
      scores <- COINr::Aggregate(
        normalised, f_ag = "a_amean", f_ag_para = list(w = weights / sum(weights))
      )
      sums <- sums + rank(-scores, ties.method = "min")
    }
    sums / draws
  }
  draws <- affordable(mean_places, 4, number_of("draws"))
  error <- numbers("placeError", units) * sqrt(1 + number_of("draws") / draws)
  found <- mean_places(draws)
  is_equal <- all(abs(found - numbers("place", units)) <= 5 * sqrt(error^2 + draws^-2))
  repeats <- seq_len(number_of("repeats"))
  times <- vapply(repeats, function(i) elapsed(function() mean_places(draws)), 0)
  report("weights", "COINr", units, draws, "draws/s", times, function(time) draws / time, is_equal)
}

confidence_sets <- function(scope) {
  need("confidence", "csranks")
  units <- number_of("units")
  values <- numbers("values", units)
  errors <- numbers("standardErrors", units)
  sets <- function(count) {
    chosen <- seq_len(count)
    csranks::csranks(
      values[chosen], diag(errors[chosen]^2, count), coverage = number_of("level"),
      cstype = "two-sided", stepdown = TRUE, R = number_of("draws"),
      simul = scope == "simultaneous"
    )
  }
  few <- min(60, units)
  sets(min(10, units))
  estimate <- elapsed(function() sets(few)) * (units / few)^2
  if (estimate > 15 * number_of("seconds")) {
    skip("confidence", sprintf("would take about %.0f s", estimate))
  }
  found <- NULL
  first <- elapsed(function() found <<- sets(units))
  again <- max(0, min(number_of("repeats"), floor(number_of("seconds") / first)) - 1)
  times <- c(first, vapply(seq_len(again), function(i) elapsed(function() sets(units)), 0))
  is_own <- text_of("scope") == scope
  lower <- if (is_own) "lower" else "marginalLower"
  upper <- if (is_own) "upper" else "marginalUpper"
  is_equal <- NA
  note <- ""
  if ((is_own || scope == "marginal") && !is.null(text_of(lower))) {
    differences <- abs(c(
      found$L - integers(lower, units, 4),
      found$U - integers(upper, units, 4)
    ))
    # The draws are others, and the wide sets of many units vary with the draws.
    is_equal <- mean(differences <= max(3, 0.02 * units)) >= 0.95
    note <- sprintf("%.1f %% within 3 ranks", 100 * mean(differences <= 3))
  }
  report("confidence", "csranks", units, number_of("draws"), "s", times,
         function(time) time, is_equal, note)
}

switch(name,
  "matrixStats::colRanks" = rank_columns(),
  "COINr::Aggregate" = rank_composites(),
  "csranks simultaneous" = confidence_sets("simultaneous"),
  "csranks marginal" = confidence_sets("marginal"),
  stop("no such peer: ", name)
)
