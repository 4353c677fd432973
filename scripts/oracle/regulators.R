# Expanding limits of regulators other than EMA, and the power by them.
#
#   Rscript scripts/oracle/regulators.R       from the top folder
#
# writes tests/oracle/regulators.tsv and power_regulators.tsv.
#
# hc   80.0 to 125.0 % for CVwR <= 30 %, exp (-/+ 0.76 s) up to 57.4 %, 66.7 to
#      150.0 % above (Health Canada, Notice: Policy on Bioequivalence Standards
#      for Highly Variable Drug Products, 18 April 2016).  The widest are 2/3 and
#      3/2, reached at s = log (1.5) / 0.76, a CV of 57.382 %, as in PowerTOST's
#      reg_const ("HC").
# gcc  75.00 to 133.33 % for CVwR > 30 %, else 80.00 to 125.00 % (GCC Guidelines
#      for Bioequivalence 2.4 to 3.0), as in PowerTOST's reg_const ("GCC").

source("scripts/oracle/equivalence.R")
source("scripts/oracle/power_scaled.R")

stopifnot(abs(100 * sqrt(expm1((log(1.5) / 0.76)^2)) - 57.382) < 5e-4)

UPPER <- list(
  hc = function(s) min(exp(0.76 * s), 1.5),
  gcc = function(s) 1 / 0.75)

# Takes the place of EMA's in equivalence.R.
REGULATOR <- "hc"
widened <- function(s)
{
  if (is.na(s) || cv_percent(s) <= 30)
    return(c(80, 125))
  100 * c(1 / UPPER[[REGULATOR]](s), UPPER[[REGULATOR]](s))
}

LIMIT_CASES <- list(
  list(case = "full", data = csv("be_full"), reference = "R", log = TRUE),
  list(case = "full-swapped", data = csv("be_full"), reference = "T",
       log = TRUE),
  list(case = "partial", data = csv("be_partial"), reference = "R", log = TRUE),
  list(case = "trt", data = csv("be_trt"), reference = "R", log = TRUE),
  list(case = "thrice", data = csv("be_thrice"), reference = "R", log = TRUE),
  list(case = "two", data = csv("be_two"), reference = "R", log = TRUE))

regulator_rows <- function()
{
  rows <- NULL
  for (r in names(UPPER))
  {
    assign("REGULATOR", r, globalenv())
    for (spec in LIMIT_CASES)
    {
      test <- setdiff(c("T", "R"), spec$reference)
      spec$options <- sprintf("--test %s --reference %s --log --regulator %s",
                              test, spec$reference, r)
      spec$case <- paste0(spec$case, "-", r)
      rows <- rbind(rows, equivalence_rows(spec))
    }
  }
  rows[startsWith(rows$method, "abel"), ]
}

# 2x3x3 with equal groups: else least squares has another variance than the sum
# of 1 / n, which recross power takes as PowerTOST does.
POWER_CASES <- list(
  list("hc", "2x2x4", c(14, 14), 0.45, 0.9),
  list("hc", "2x3x3", c(9, 9, 9), 0.6, 0.95),
  list("hc", "2x2x3", c(12, 12), 0.8, 0.9),
  list("hc", "2x4x4", c(5, 5, 5, 5), 0.32, 1.05),
  list("gcc", "2x2x4", c(14, 14), 0.45, 0.9),
  list("gcc", "2x3x3", c(9, 9, 9), 0.31, 0.95),
  list("gcc", "2x2x4", c(12, 12), 0.29, 0.8), # type I error, about
  list("gcc", "2x2x3", c(20, 22), 0.6, 0.95))

power_row <- function(c)
{
  upper <- UPPER[[c[[1]]]]
  assign("abel_limit", function(s)
    ifelse(sqrt(exp(s^2) - 1) > 0.3, sapply(s, function(x) log(upper(x))),
           LIMIT), globalenv())
  assign("ABEL_BENDS", c(log(1 + 0.3^2), (log(1.5) / 0.76)^2), globalenv())
  args <- list("abel", c[[2]], c[[3]], c[[4]], c[[5]])
  value <- do.call(scaled_power, args)
  sim <- do.call(simulated, args)
  z <- (sim - value) / sqrt(value * (1 - value) / 20000)
  message(sprintf("%s %s: %.8f, simulated %.5f (z %.2f)", c[[1]], c[[2]], value,
                  sim, z))
  stopifnot(abs(z) < 4.5)
  data.frame(options = paste0("--design ", c[[2]], " --method abel --cv ",
                              c[[4]], " --theta0 ", sprintf("%.17g", c[[5]]),
                              " --n ", paste(c[[3]], collapse = ","),
                              " --regulator ", c[[1]]),
             n = sum(c[[3]]), estimate = value, tolerance = 1e-6)
}

main_regulators <- function()
{
  versions <- sapply(c("lme4", "lmerTest", "pbkrtest"), function(p)
    paste(p, packageVersion(p)))
  write_oracle(regulator_rows(), file.path(OUT_DIR, "regulators.tsv"),
               c(paste0("source: other program: ",
                        paste(c(r_version(), versions), collapse = ", "),
                        "; limits as the guidances print them"),
                 "script: scripts/oracle/regulators.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross crossover DATA OPTIONS"), COLUMNS)
  write_oracle(do.call(rbind, lapply(POWER_CASES, power_row)),
               file.path(OUT_DIR, "power_regulators.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", nested integrals held by simulation"),
                 "script: scripts/oracle/regulators.R",
                 "options: recross power OPTIONS; n: total; estimate: power"))
}

if (is_main())
  main_regulators()
