# The published example that pisa_2018_math.csv holds: scores in mathematics of the OECD countries in
# PISA 2018 (OECD) with their standard errors, as the README of the R package csranks prints them, and
# whether the vignette "Inference for Ranks" of the package, version 1.2.2, names a country among those
# that may be in the top 5, at 95 and at 90 per cent
# (https://danielwilhelm.github.io/R-CS-ranks/articles/Inference-for-Ranks.html).
# The vignette also prints ranks 8 to 23 for the United Kingdom (7 to 23 in its text).
# These are the calls; the csv was taken from the published output, not from a run.
library(csranks)
data(pisa2018)
covariance <- diag(pisa2018$math_se^2)
uk <- which(pisa2018$jurisdiction == "United Kingdom")
print(pisa2018$jurisdiction[cstaubest(pisa2018$math_score, covariance, tau = 5, coverage = 0.95)])
print(pisa2018$jurisdiction[cstaubest(pisa2018$math_score, covariance, tau = 5, coverage = 0.90)])
print(csranks(pisa2018$math_score, covariance, simul = FALSE, indices = uk, coverage = 0.95))
