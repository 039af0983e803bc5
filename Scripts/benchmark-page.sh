#!/usr/bin/env bash
# Writes Documentation/benchmarks.md anew: measures this machine with the released program.
#   Scripts/benchmark-page.sh PROGRAM              the page, some ten minutes to half an hour
#   Scripts/benchmark-page.sh PROGRAM --quick      the same with rough and short measurements
#   Scripts/benchmark-page.sh PROGRAM --skeleton   the page's text alone
set -euo pipefail

regionsim=$(realpath "$1")
mode=${2:-}
cd "$(dirname "$0")/.."
page=Documentation/benchmarks.md
new=$(mktemp)
trap 'rm -f "$new"' EXIT

# Prints the tables of a run under a third heading each; the title is left out.
measure() {
  echo
  if [ "$mode" = --skeleton ]; then
    echo "*Not measured yet:* \`regionsim benchmark $*\`"
    return
  fi
  echo "\`regionsim benchmark $*\`" >&2
  local options=(--format markdown --language en)
  if [ "$mode" = --quick ]; then options+=(--quick); fi
  "$regionsim" benchmark "$@" "${options[@]}" | sed 1,2d
}

columns=1000,10000,100000,1000000,10000000
rows=100000
kernel=reference
cores=1
if [ "$mode" = --quick ]; then columns=1000,10000 rows=10000; fi
if [ "$mode" != --skeleton ]; then
  # The kernel that is used here, and the cores, as the program itself says.
  machine=$("$regionsim" benchmark --work rank --units 2 --columns 1 --quick --format json)
  kernel=$(sed -n 's/^    "kernel" : "\(.*\)",$/\1/p' <<< "$machine" | head -1)
  cores=$(sed -n 's/^    "cores" : \(.*\),$/\1/p' <<< "$machine" | head -1)
fi
threads=1
if [ "$cores" -gt 1 ]; then threads=1,$cores; fi

{
  cat <<'TEXT'
# How fast

What `regionsim benchmark` measures, on one machine, beside what analysts would otherwise use. The page
is written by `make benchmark-page`; the numbers on your machine come from the same commands.
TEXT
  if [ "$mode" != --skeleton ]; then
    echo
    echo "Measured on $(date -u +%F) with $("$regionsim" --version) at $(git rev-parse --short HEAD)," \
      "$(uname -srm)."
  fi
  cat <<'TEXT'

## Method

- **Right before fast.** Each result is compared with a plain reference before it is timed: places with
  a sort, sums with loops to the last bit, products with these sums, futures with loops of another
  generator. A result that is off ends the run.
- **Data.** Columns are the employment shares of the municipalities in 2019 (of other numbers of units,
  made-up shares), each times 1 + 3 % normal noise, with a few exact ties in each column. They lie in
  memory, column after column. More than 100,000 columns are a block that is passed over again, so that
  memory does not grow with them.
- **Timing.** The median of at least seven repeats after a warm-up, with the least and the most. Reading
  the data and starting the program are not in it, but for whole commands.
- **Limits.** The bandwidth of memory is that of summing and of a = b + s c on arrays larger than the
  last cache, the peak that of `dgemm` on 1024 × 1024, with as many threads, in the same run.
- **Peers** do the same work on the same data in the same run, each in a process of its own and in its
  fastest layout, on as many columns as a few seconds allow, with as many threads as it can use. Their
  places and sums are compared with regionsim's, their drawn places within five standard errors.
- **Disturbances.** Where other programs used the processor meanwhile, a note says so.

## The machine
TEXT
  measure --part machine --work rank --units 2 --columns 1 --threads "$threads"
  cat <<'TEXT'

## Beside others

`× regionsim` is how many times the time of regionsim's best (bold) the others take: below 1 they are
faster.
TEXT
  measure --part peers --peers --work rank,top,aggregate,simulate,weights,confidence \
    --units 357 --columns "$rows" --threads "$cores"
  cat <<'TEXT'

## Kernels and threads

All kernels that this processor can run; `reference` is plain Swift.
TEXT
  measure --part measurements --work rank,top,aggregate,simulate,weights,confidence \
    --units 357 --columns "$rows" --threads "$threads"
  cat <<'TEXT'

## More columns

What more columns do to the time of each, and to memory.
TEXT
  measure --part measurements --work rank,aggregate,simulate,weights --kernel "$kernel" \
    --units 357 --columns "$columns" --threads "$cores"
  cat <<'TEXT'

## More units

What more units do to the time of each; of more units there are fewer columns.
TEXT
  measure --part measurements --work rank,top,aggregate --kernel "$kernel" \
    --units 100,357,1000 --columns "$rows" --threads "$cores"
  measure --part measurements --work rank,top,aggregate --kernel "$kernel" \
    --units 4000,10000 --columns "$((rows / 10))" --threads "$cores"
  measure --part measurements --work rank,top,aggregate --kernel "$kernel" \
    --units 60000 --columns "$((rows / 100))" --threads "$cores"
  cat <<'TEXT'

## Whole commands

From start to end, the reading of the dataset included.
TEXT
  measure --part measurements --work commands --threads "$threads"
} > "$new"

cat "$new" > "$page"
echo "Wrote $page" >&2
