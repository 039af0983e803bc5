#!/bin/sh
# The main job on the embedded figures: where Mosseregionen stands, and what a scenario does to it.
set -eu

regionsim=$1
cd "$(dirname "$0")/.."

echo
echo "Where Mosseregionen stands among the regions:"
echo "\$ regionsim rank employment.share --around Mosseregionen --window 3"
echo
"$regionsim" rank employment.share --around Mosseregionen --window 3
echo
echo "And its municipalities, with the latest figures of all:"
echo "\$ regionsim compare Mosseregionen Moss Vestby Råde 3114 --indicator employment.share"
echo
"$regionsim" compare Mosseregionen Moss Vestby Råde 3114 --indicator employment.share
echo
echo "What a scenario does to these places:"
echo "\$ regionsim simulate employment-growth-trend"
echo
"$regionsim" simulate employment-growth-trend
