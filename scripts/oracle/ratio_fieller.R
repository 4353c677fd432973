# Expected rows of ratio-fieller: the ratio of arithmetic means of a crossover,
# from lm on T - theta R.
#
#   Rscript scripts/oracle/ratio_fieller.R       from the top folder
#
# writes tests/oracle/ratio_fieller.tsv.  For a ratio theta the contrasts
# z = T - theta R of the subjects (means over the times on each) have the mean 0
# over sequences of equal weight: t of that mean from lm (z ~ sequence - 1).  The
# interval is where |t| <= qt (1 - alpha), its ends by uniroot; the p-values of
# the two one-sided tests are those of t at either limit (Locke, J Pharmacokinet
# Biopharm 1984;12:649-655; Sasabuchi, Biometrika 1980;67:429-439).

source("scripts/oracle/rsabe.R")

t_at <- function(w, theta)
{
  w$z <- w$t - theta * w$r
  fit <- lm(z ~ q - 1, w)
  one <- rep(1 / length(coef(fit)), length(coef(fit)))
  c(t = sum(one * coef(fit)) / sqrt(drop(one %*% vcov(fit) %*% one)),
    df = fit$df.residual)
}

fieller_rows <- function(spec)
{
  d <- read_all(spec)
  d$y <- exp(d$y) # as written, but for rounding
  raw <- read_text_csv(spec$data)
  d$y <- suppressWarnings(as.numeric(ifelse(raw$response %in% MISSING, NA,
                                            raw$response)))
  alpha <- if (is.null(spec$alpha)) 0.05 else spec$alpha
  margin <- if (is.null(spec$margin)) c(0.8, 1.25) else spec$margin
  rows <- NULL
  for (test in levels(d$treatment)[-1])
  {
    t <- times_on(d, test, 1)
    r <- times_on(d, levels(d$treatment)[1], 1)
    w <- do.call(rbind, lapply(intersect(names(t), names(r)), function(q)
    {
      s <- intersect(rownames(t[[q]]), rownames(r[[q]]))
      data.frame(q = q, t = rowMeans(t[[q]][s, , drop = FALSE]),
                 r = rowMeans(r[[q]][s, , drop = FALSE]))
    }))
    ratio <- mean(tapply(w$t, w$q, mean)) / mean(tapply(w$r, w$q, mean))
    df <- t_at(w, 1)[["df"]]
    q <- qt(1 - alpha, df)
    end <- function(to)
      uniroot(function(x) abs(t_at(w, x)[["t"]]) - q, sort(c(ratio, to)),
              tol = 1e-14)$root
    low <- t_at(w, margin[1])[["t"]]; high <- t_at(w, margin[2])[["t"]]
    p <- c(pt(low, df, lower.tail = FALSE), pt(high, df))
    term <- if (nlevels(d$treatment) == 2) "ratio" else
      paste0("ratio:", test, "-", levels(d$treatment)[1])
    rows <- rbind(rows, result_row("ratio-fieller", term, nrow(w), 100 * ratio,
                                   df = df, statistic = c(low, high)[which.max(p)],
                                   p_value = max(p), conf_low = 100 * end(ratio / 2),
                                   conf_high = 100 * end(2 * ratio)))
  }
  rows$case <- spec$case
  rows$data <- spec$data
  rows$options <- spec$options
  rows$endpoint <- "response"
  rows$measure <- "-"
  rows$group <- "-"
  rows$tolerance <- "1e-9,p_value=1e-7"
  rows
}

TWO <- "--test T --reference R"
FIELLER <- list(
  list(case = "two", data = csv("be_two"), reference = "R", options = TWO),
  list(case = "two-margin", data = csv("be_two"), reference = "R", alpha = 0.025,
       margin = c(0.9, 1.1), options = paste(TWO, "--margin 0.9,1.1 --alpha 0.025")),
  list(case = "full", data = csv("be_full"), reference = "R", options = TWO),
  list(case = "partial", data = csv("be_partial"), reference = "R",
       options = TWO),
  list(case = "trt", data = csv("be_trt"), reference = "R", options = TWO))

main_ratio_fieller <- function()
  write_oracle(do.call(rbind, lapply(FIELLER, fieller_rows)),
               file.path(OUT_DIR, "ratio_fieller.tsv"),
               c(paste0("source: other program: ", r_version(), ", lm"),
                 "script: scripts/oracle/ratio_fieller.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross crossover DATA OPTIONS"), COLUMNS)

if (is_main())
  main_ratio_fieller()
