# Expected rows of verdict.
#
#   Rscript scripts/oracle/verdict.R       from the top folder
#
# writes tests/oracle/verdict.tsv.  AB/BA: the t test of hills-armitage, by
# t.test with mu at 0 and at the margins; other designs: lmer with
# Kenward-Roger (lme4, lmerTest, pbkrtest).

source("scripts/oracle/drop_outs.R")

# Superiority, non-inferiority, equivalence from estimate, SE and df.
three <- function(n, est, se, df, margin, better, alpha, log, suffix = "")
{
  m <- if (log) base::log(margin) else margin
  q <- qt(1 - alpha, df) * se
  shown <- function(x) if (log) 100 * exp(x) else x
  ni <- if (better == "higher") c((est - m[1]) / se, 1) else
    c((est - m[2]) / se, -1)
  low <- (est - m[1]) / se
  high <- (est - m[2]) / se
  p_low <- pt(low, df, lower.tail = FALSE)
  p_high <- pt(high, df)
  row <- function(term, t, p)
    result_row("verdict", paste0(term, suffix), n, shown(est),
               if (log) NA else se, df = df, statistic = t, p_value = p,
               conf_low = shown(est - q), conf_high = shown(est + q))
  rbind(row("superiority", est / se, 2 * pt(-abs(est / se), df)),
        row("non-inferiority", ni[1], pt(ni[2] * ni[1], df, lower.tail = FALSE)),
        row("equivalence", if (p_low >= p_high) low else high,
            max(p_low, p_high)))
}

abba_verdict <- function(column, data, margin, better, alpha = 0.025,
                         log = FALSE)
{
  w <- wide_of(column, data)
  w <- w[!is.na(w$y1) & !is.na(w$y2), ]
  f <- if (log) base::log else identity
  d <- (f(w$y1) - f(w$y2)) / 2
  a <- w$sequence == "AB"
  t <- t.test(d[a], d[!a], var.equal = TRUE)
  rows <- three(nrow(w), diff(rev(t$estimate)), t$stderr, t$parameter, margin,
                better, alpha, log)
  if (!log) # the same p from t.test against the margins
    {
      p <- function(mu, alternative)
        t.test(d[a], d[!a], var.equal = TRUE, mu = mu,
               alternative = alternative)$p.value
      stopifnot(near(rows$p_value[3], max(p(margin[1], "greater"),
                                          p(margin[2], "less"))),
                near(rows$p_value[2], if (better == "higher")
                  p(margin[1], "greater") else p(margin[2], "less")))
    }
  rows
}

mixed_verdict <- function(data, margin, better)
{
  suppressMessages(library(lmerTest))
  x <- read_text_csv(data)
  x$y <- suppressWarnings(as.numeric(x$response))
  x <- x[!is.na(x$y), ]
  x$treatment <- factor(x$treatment)
  x$period <- factor(x$period)
  f <- lmer(y ~ sequence + period + treatment + (1 | subject), x,
            control = lmerControl(optimizer = "bobyqa",
                                  optCtrl = list(rhoend = 1e-12)))
  s <- summary(f, ddf = "Kenward-Roger")$coefficients
  do.call(rbind, lapply(levels(x$treatment)[-1], function(k)
    {
      v <- s[paste0("treatment", k), ]
      three(length(unique(x$subject)), v[["Estimate"]], v[["Std. Error"]],
            v[["df"]], margin, better, 0.025, FALSE, paste0(":", k, "-A"))
    }))
}

if (is_main())
{
  end <- "xo_endpoints_synthetic.csv"
  w3 <- "xo_williams3_synthetic.csv"
  write_oracle(rbind(
    placed(abba_verdict("pef", end, c(-20, 20), "higher"), "pef", "pef",
           "--margin -20,20 --better higher", end),
    placed(abba_verdict("pain", FILE, c(-3, 3), "lower"), "pain", "pain",
           "--margin -3,3 --better lower"),
    placed(abba_verdict("pain", FILE, c(-3, 3), "lower", 0.05), "alpha", "pain",
           "--margin -3,3 --better lower --alpha 0.05"),
    placed(abba_verdict("pain", FILE, c(-3, 3), "lower", 0.005), "level",
           "pain", "--margin -3,3 --better lower --level 0.99"),
    placed(abba_verdict("pef", end, c(0.8, 1.25), "higher", log = TRUE), "log",
           "pef", "--log --better higher", end),
    placed(mixed_verdict(w3, c(-2, 2), "higher"), "williams3", "response",
           "--margin -2,2 --better higher", w3,
           "1e-6,df=1e-4,p_value=1e-5")),
    file.path(OUT_DIR, "verdict.tsv"),
    head_of("verdict.R", "lme4, lmerTest, pbkrtest"), COLUMNS)
}
