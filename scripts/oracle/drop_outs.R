# Expected rows of disposition and extreme-cases where subjects are lost, and the
# data that they, the responders and the multiple imputations use.
#
#   Rscript scripts/oracle/drop_outs.R       from the top folder
#
# writes tests/oracle/data/xo_drop_outs_synthetic.csv, disposition.tsv and
# extreme_cases.tsv.
#
# A pattern has a letter per period: O observed, X missing.  Extreme cases: all
# missing responses at the ends of a range (the observed one, 0 to 1 of binary
# responses, or a given one): under the test low and under the reference high
# for the lowest effect, the other way round for the highest; then the
# two-sample t of hills-armitage, or Wald's paired difference and McNemar's
# test of binary ones.

source("scripts/oracle/crossover.R")

FILE <- "xo_drop_outs_synthetic.csv"

make_drop_outs <- function()
{
  set.seed(20240611)
  n <- 34
  seq <- rep(c("AB", "BA"), length.out = n)
  b <- round(rnorm(n, 50, 10), 1)
  u <- 0.6 * (b - 50) + rnorm(n, 0, 6)
  long <- do.call(rbind, lapply(1:2, function(p)
    {
      t <- substr(seq, p, p)
      y <- 46 + u - 5 * (t == "A") + 2 * (p == 2) + rnorm(n, 0, 5)
      data.frame(subject = sprintf("S%02d", seq_len(n)), sequence = seq,
                 period = p, treatment = t, baseline = sprintf("%.1f", b),
                 pain = sprintf("%.1f", y),
                 relief = as.character(as.integer(y < 44)))
    }))
  lost <- function(s, p) long$subject %in% s & long$period %in% p
  for (y in c("pain", "relief"))
    {
      long[[y]][lost(c("S03", "S08", "S11", "S20", "S22", "S29"), 2)] <- "NA"
      long[[y]][lost(c("S05", "S16"), 1)] <- ""
      long[[y]][lost("S26", 1:2)] <- "NA"
    }
  long <- long[!lost("S31", 2), ] # no row at all
  long <- long[order(long$subject, long$period), ]
  con <- file(file.path(DATA_DIR, FILE), "wb")
  on.exit(close(con))
  writeLines(c(paste("# synthetic: 34 subjects, ten of them lost in one or",
                     "both periods (scripts/oracle/drop_outs.R); not patients"),
               paste(names(long), collapse = ","),
               do.call(paste, c(unname(long), sep = ","))), con)
}

# One row per subject, decimal values, NA where missing.
wide_of <- function(column, data = FILE)
{
  x <- read_text_csv(data)
  y <- suppressWarnings(as.numeric(x[[column]]))
  ids <- sort(unique(x$subject))
  at <- function(p) y[match(paste(ids, p), paste(x$subject, x$period))]
  data.frame(subject = ids, sequence = x$sequence[match(ids, x$subject)],
             y1 = at(1), y2 = at(2), stringsAsFactors = FALSE)
}

disposition <- function(w)
{
  full <- !is.na(w$y1) & !is.na(w$y2)
  pattern <- paste0(ifelse(is.na(w$y1), "X", "O"), ifelse(is.na(w$y2), "X", "O"))
  rows <- list()
  add <- function(term, n)
    rows[[length(rows) + 1]] <<- result_row("disposition", term, n)
  for (s in c("AB", "BA"))
    {
      k <- w$sequence == s
      add(paste0("randomised:", s), sum(k))
      add(paste0("completers:", s), sum(k & full))
      for (q in unique(pattern[k]))
        add(paste0("pattern:", s, "/", q), sum(k & pattern == q))
    }
  add("randomised", nrow(w))
  add("completers", sum(full))
  do.call(rbind, rows)
}

extreme <- function(w, term, test, reference, binary, level = 0.95)
{
  a <- w$sequence == "AB" # the test A first
  y1 <- ifelse(is.na(w$y1), ifelse(a, test, reference), w$y1)
  y2 <- ifelse(is.na(w$y2), ifelse(a, reference, test), w$y2)
  n <- nrow(w)
  if (binary)
    {
      t <- ifelse(a, y1, y2)
      r <- ifelse(a, y2, y1)
      m <- mcnemar_numbers(sum(r > t), sum(t > r), n, level)
      return(result_row("extreme-cases", term, n, m$estimate, m$std_error,
                        df = 1, statistic = m$statistic, p_value = m$p_value,
                        conf_low = m$conf_low, conf_high = m$conf_high))
    }
  f <- t.test(((y1 - y2) / 2)[a], ((y1 - y2) / 2)[!a], var.equal = TRUE,
              conf.level = level)
  result_row("extreme-cases", term, n, diff(rev(f$estimate)), f$stderr,
             df = f$parameter, statistic = f$statistic, p_value = f$p.value,
             conf_low = f$conf.int[1], conf_high = f$conf.int[2])
}

extreme_cases <- function(column, range = NULL, level = 0.95)
{
  w <- wide_of(column)
  y <- c(w$y1, w$y2)
  binary <- all(y %in% c(0, 1, NA))
  if (is.null(range))
    range <- if (binary) 0:1 else range(y, na.rm = TRUE)
  rbind(extreme(w, "low-case", range[1], range[2], binary, level),
        extreme(w, "high-case", range[2], range[1], binary, level))
}

placed <- function(rows, case, column, options, data = FILE, tolerance = 1e-9)
{
  rows$case <- case
  rows$data <- data
  rows$options <- paste0("--response ", column, if (options != "") " ", options)
  rows$endpoint <- column
  rows$measure <- "-"
  rows$group <- "-"
  rows$tolerance <- tolerance
  rows
}

head_of <- function(script, more = "base packages")
  c(paste0("source: other program: ", r_version(), ", ", more),
    paste0("script: scripts/oracle/", script),
    "data: tests/oracle/data/, all synthetic",
    "command: recross crossover DATA OPTIONS")

if (is_main())
{
  make_drop_outs()
  write_oracle(placed(disposition(wide_of("pain")), "drop-outs", "pain", ""),
               file.path(OUT_DIR, "disposition.tsv"), head_of("drop_outs.R"),
               COLUMNS)
  write_oracle(rbind(placed(extreme_cases("pain"), "observed", "pain", ""),
                     placed(extreme_cases("pain", c(0, 100)), "stated", "pain",
                            "--drop-out-values 0,100"),
                     placed(extreme_cases("pain", level = 0.9), "level", "pain",
                            "--level 0.9"),
                     placed(extreme_cases("relief"), "binary", "relief", "")),
               file.path(OUT_DIR, "extreme_cases.tsv"), head_of("drop_outs.R"),
               COLUMNS)
}
