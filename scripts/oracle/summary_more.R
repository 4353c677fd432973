# Expected rows of `recross summary`: what was added to forensic.R: correlation
# and effect sizes, ratios, degrees of freedom, contradictions, proportions,
# McNemar bounds, counts of percentages, families of p-values, fragility,
# tipping points, terminal digits, duplicates.
#
#   Rscript scripts/oracle/summary_more.R          from the top folder
#
# writes three tests/oracle/data/summary_*_synthetic.csv and
# tests/oracle/summary_more.tsv.  The figures are made up, not of any paper.
#
# Everything is found by another way than in C: extremes by optimize() along
# the edges of the box, contradictions by trying one unit after the other,
# tables by enumeration with fisher.test, chisq.test and binom.test, adjusted p
# by p.adjust, tipping points by t.test on data that have exactly the means and
# SDs, with uniroot; digits by enumeration of all partitions.

source("scripts/oracle/oracle_common.R")

value <- function(x) as.numeric(sub("^[<>]", "", x))
half <- function(x)
{
  digits <- if (grepl(".", x, fixed = TRUE)) nchar(sub(".*\\.", "", x)) else 0
  0.5 * 10^-digits
}
ends <- function(x)
  if (startsWith(x, "<")) c(0, value(x)) else
  if (startsWith(x, ">")) c(value(x), 1) else value(x) + c(-1, 1) * half(x)
tq <- function(p, df) qt(p / 2, df, lower.tail = FALSE)
tp <- function(t, df) 2 * pt(abs(t), df, lower.tail = FALSE)

all_rows <- NULL
add <- function(endpoint, data, options, found, group = "-",
                tolerance = TOLERANCE)
  all_rows <<- rbind(all_rows, cbind(
    case = "printed", data = data, options = options, endpoint = endpoint,
    measure = "-", group = group, found, tolerance = tolerance))

# ---- comparisons
header <- c("study", "endpoint", "design", "tails", "n", "n1", "n2", "lost",
            "count1", "count2", "only1", "only2", "df", "df1", "df2",
            "difference", "se", "sd_diff", "ci_low", "ci_high", "t", "p",
            "ratio", "ratio_low", "ratio_high", "mean1", "sd1", "mean2",
            "sd2", "corr", "percent", "percent1", "percent2", "f", "z")
lines <- character()
comparison <- "summary_more_synthetic.csv"
row <- function(...)
{
  given <- c(...)
  cells <- setNames(rep("", length(header)), header)
  stopifnot(names(given) %in% header)
  cells[names(given)] <- given
  lines <<- c(lines, paste(cells, collapse = ","))
  as.list(cells)
}

# difference and p of pairs: SE between d.low / t.high and d.high / t.low
se_box <- function(d, p, df)
{
  b <- sort(abs(ends(d))); t <- rev(tq(ends(p), df))
  list(se = abs(value(d)) / tq(value(p), df), range = c(b[1] / t[2], b[2] / t[1]))
}

edges <- function(f, boxes) # extremes: corners, and along every edge
{
  k <- length(boxes)
  corners <- as.matrix(expand.grid(boxes))
  found <- apply(corners, 1, f)
  for (i in seq_len(k))
    for (j in seq_len(nrow(corners)))
      {
        g <- function(x) { at <- corners[j, ]; at[i] <- x; f(at) }
        for (most in c(FALSE, TRUE))
          found <- c(found, optimize(g, boxes[[i]], maximum = most,
                                     tol = 1e-12)[[2]])
      }
  range(found)
}

hedges <- function(m) exp(lgamma(m / 2) - lgamma((m - 1) / 2)) / sqrt(m / 2)

correlation <- function(name, n, d, p, sd1, sd2)
{
  row(endpoint = name, n = n, difference = d, p = p, sd1 = sd1, sd2 = sd2)
  n <- as.numeric(n); df <- n - 1
  box <- se_box(d, p, df)
  r <- function(x) (x[1]^2 + x[2]^2 - x[3]^2) / (2 * x[1] * x[2])
  range <- edges(r, list(ends(sd1), ends(sd2), box$range * sqrt(n)))
  add(name, comparison, "-", result_row(
    "within-correlation", "r", n,
    estimate = r(c(value(sd1), value(sd2), box$se * sqrt(n))),
    conf_low = max(range[1], -1), conf_high = min(range[2], 1)))
  size <- function(term, estimate, range, j = 1)
    add(name, comparison, "-", result_row(
      "printed-effect-size", term, n, estimate = j * estimate, df = df,
      conf_low = j * range[1], conf_high = j * range[2]))
  j <- hedges(df)
  t <- sort(tq(ends(p), df)) # d / s of a difference with its p
  size("dz", tq(value(p), df) / sqrt(n) * sign(value(d)),
       sort(sign(value(d)) * t / sqrt(n)))
  size("gz", tq(value(p), df) / sqrt(n) * sign(value(d)),
       sort(sign(value(d)) * t / sqrt(n)), j)
  mean_sd <- function(x) x[1] / ((x[2] + x[3]) / 2)
  rms_sd <- function(x) x[1] / sqrt((x[2]^2 + x[3]^2) / 2)
  point <- c(value(d), value(sd1), value(sd2))
  boxes <- list(ends(d), ends(sd1), ends(sd2))
  size("dav-mean-sd", mean_sd(point), edges(mean_sd, boxes))
  size("dav-rms-sd", rms_sd(point), edges(rms_sd, boxes))
  size("gav", mean_sd(point), edges(mean_sd, boxes), j)
}
correlation("r-high", "60", "3.3", "0.04", "12.1", "13.4")
correlation("r-coarse", "12", "-5.4", "0.02", "7", "9")
correlation("r-uneven", "25", "2.1", "0.003", "1.2", "4.1")

# SE from the arms with a printed correlation
with_corr <- function(name, n, m1, s1, m2, s2, r)
{
  row(endpoint = name, n = n, mean1 = m1, sd1 = s1, mean2 = m2, sd2 = s2,
      corr = r)
  n <- as.numeric(n); df <- n - 1
  sd <- function(x) sqrt(x[1]^2 + x[2]^2 - 2 * x[3] * x[1] * x[2])
  range <- edges(sd, list(ends(s1), ends(s2), ends(r)))
  s <- sd(c(value(s1), value(s2), value(r)))
  d <- value(m1) - value(m2); se <- s / sqrt(n); q <- qt(0.975, df)
  add(name, comparison, "-", rbind(
    result_row("reconstruct", "difference", n, estimate = d, std_error = se,
               df = df, statistic = d / se, p_value = tp(d / se, df),
               conf_low = d - q * se, conf_high = d + q * se),
    result_row("reconstruct", "se", n, estimate = se, df = df,
               conf_low = range[1] / sqrt(n), conf_high = range[2] / sqrt(n))))
}
with_corr("corr-1", "20", "5.2", "2.1", "4.1", "2.3", "0.6")
with_corr("corr-2", "33", "5.2", "2.0", "6.8", "6.3", "0.31")

# ratios with p: normal
ratio <- function(name, x, p, df = Inf)
{
  row(endpoint = name, ratio = x, p = p,
      df = if (is.finite(df)) as.character(df) else "")
  q <- function(p) if (is.finite(df)) tq(p, df) else
    qnorm(p / 2, lower.tail = FALSE)
  b <- log(ends(x)); d <- log(value(x)); s <- sign(d)
  t <- rev(q(ends(p)))
  b <- sort(s * b)
  se <- c(b[1] / t[2], b[2] / t[1])
  z <- qt(0.975, df)
  f <- s * d / q(value(p))
  corners <- expand.grid(d = b, t = t)
  low <- corners$d - z * corners$d / corners$t
  high <- corners$d + z * corners$d / corners$t
  turn <- function(v) sort(exp(s * v))
  show <- if (is.finite(df)) df else NA
  lohi <- if (s > 0) list(low, high) else list(high, low)
  add(name, comparison, "-", rbind(
    result_row("reconstruct", "log-ratio", NA, estimate = d, std_error = f,
               df = show, statistic = d / f, p_value = value(p),
               conf_low = d - z * f, conf_high = d + z * f),
    result_row("reconstruct", "se", NA, estimate = f, df = show,
               conf_low = se[1], conf_high = se[2]),
    result_row("reconstruct", "ratio-low", NA, estimate = exp(d - z * f),
               df = show, conf_low = min(turn(lohi[[1]])),
               conf_high = max(turn(lohi[[1]]))),
    result_row("reconstruct", "ratio-high", NA, estimate = exp(d + z * f),
               df = show, conf_low = min(turn(lohi[[2]])),
               conf_high = max(turn(lohi[[2]])))))
}
ratio("ratio-up", "1.45", "0.02")
ratio("ratio-down", "0.62", "0.0041")
ratio("ratio-t", "0.88", "0.03", 22)

# one-tailed p; F with one df, z
tails <- function(name, t, df, p)
{
  row(endpoint = name, tails = "one", t = t, df = df, p = p)
  df <- as.numeric(df)
  one <- function(x) pt(abs(x), df, lower.tail = FALSE)
  add(name, comparison, "-", result_row(
    "statcheck", "t", NA, estimate = one(value(t)), statistic = value(t),
    df = df, p_value = one(value(t)), conf_low = min(one(ends(t))),
    conf_high = max(one(ends(t)))))
}
tails("one-tail-right", "2.31", "17", ".02")
tails("one-tail-wrong", "-1.84", "32", ".08")

of_f <- function(name, n, d, f)
{
  row(endpoint = name, n = n, difference = d, f = f, df1 = "1")
  n <- as.numeric(n); t <- sqrt(ends(f)); b <- abs(ends(d))
  s <- abs(value(d)) / sqrt(value(f)); q <- qt(0.975, n - 1)
  add(name, comparison, "-", rbind(
    result_row("reconstruct", "difference", n, estimate = value(d),
               std_error = s, df = n - 1, statistic = value(d) / s,
               p_value = pf(value(f), 1, n - 1, lower.tail = FALSE),
               conf_low = value(d) - q * s, conf_high = value(d) + q * s),
    result_row("reconstruct", "se", n, estimate = s, df = n - 1,
               conf_low = min(b) / max(t), conf_high = max(b) / min(t)),
    result_row("reconstruct", "p", n,
               estimate = pf(value(f), 1, n - 1, lower.tail = FALSE),
               df = n - 1,
               conf_low = pf(ends(f)[2], 1, n - 1, lower.tail = FALSE),
               conf_high = pf(ends(f)[1], 1, n - 1, lower.tail = FALSE))))
}
of_f("f-one", "30", "-2.5", "5.3")
row(endpoint = "z-se", difference = "1.27", z = "2.6")
add("z-se", comparison, "-", rbind(
  result_row("reconstruct", "difference", NA, estimate = 1.27,
             std_error = 1.27 / 2.6, statistic = 2.6,
             p_value = 2 * pnorm(-2.6),
             conf_low = 1.27 - qnorm(0.975) * 1.27 / 2.6,
             conf_high = 1.27 + qnorm(0.975) * 1.27 / 2.6),
  result_row("reconstruct", "se", NA, estimate = 1.27 / 2.6,
             conf_low = 1.265 / 2.65, conf_high = 1.275 / 2.55)))

# difference, SE and p: which df, and which digit
possible <- function(d, se, p, df)
{
  if (any(is.na(c(d, se, p)))) return(FALSE)
  t <- c(d[1] / se[2], d[2] / se[1])
  wanted <- rev(if (is.finite(df)) tq(p, df) else
    qnorm(p / 2, lower.tail = FALSE))
  t[1] <= wanted[2] * (1 + 1e-12) && wanted[1] <= t[2] * (1 + 1e-12)
}
three <- function(name, n, d, se, p)
{
  row(endpoint = name, n = n, difference = d, se = se, p = p)
  size <- as.numeric(n)
  box <- list(d = ends(d), se = ends(se), p = ends(p))
  df <- c("n-1" = size - 1, "n-2" = size - 2, normal = Inf)
  fit <- 0
  for (term in names(df))
    {
      t <- value(d) / value(se)
      fit <- fit + possible(box$d, box$se, box$p, df[[term]])
      add(name, comparison, "-", result_row(
        "degrees-of-freedom", term, size, std_error = value(se),
        df = if (is.finite(df[[term]])) df[[term]] else NA, statistic = t,
        p_value = if (is.finite(df[[term]])) tp(t, df[[term]]) else
          2 * pnorm(-abs(t))))
    }
  add(name, comparison, "-", result_row("degrees-of-freedom", "verdict", size,
                                        estimate = fit))
  if (possible(box$d, box$se, box$p, size - 1))
    {
      add(name, comparison, "-", result_row("contradiction", "all", size))
      return(invisible())
    }
  printed <- c(difference = d, se = se, p = p)
  for (k in seq_along(box))
    {
      unit <- 2 * half(printed[[k]])
      for (step in as.vector(rbind(1:3000, -(1:3000))))
        {
          changed <- box
          changed[[k]] <- changed[[k]] + step * unit
          if (changed[[k]][2] <= 0) next
          changed[[k]][1] <- max(changed[[k]][1], 0)
          if (possible(changed$d, changed$se, pmin(changed$p, 1), size - 1))
            {
              add(name, comparison, "-", result_row(
                "contradiction", names(printed)[k], size,
                estimate = value(printed[[k]]) + step * unit,
                statistic = step))
              break
            }
        }
    }
  steps <- as.vector(rbind(1:1000, -(1:1000)))
  steps <- steps[size + steps >= 2]
  for (step in steps)
    if (possible(box$d, box$se, box$p, size + step - 1))
      {
        add(name, comparison, "-", result_row(
          "contradiction", "n", size, estimate = size + step,
          statistic = step))
        break
      }
}
three("df-told", "8", "3.30", "1.201", "0.0283")
three("df-open", "60", "3.3", "1.6", "0.04")
three("off-a-digit", "40", "2.15", "0.92", "0.042")
three("off-a-lot", "15", "12.4", "3.1", "0.30")

means <- function(name, m1, m2, d)
{
  row(endpoint = name, n = "30", mean1 = m1, mean2 = m2, difference = d)
  fits <- function(a, b, c)
    max(a[1] - b[2], c[1]) <= min(a[2] - b[1], c[2]) + 1e-12
  box <- list(ends(m1), ends(m2), ends(d))
  printed <- c(mean1 = m1, mean2 = m2, difference = d)
  if (fits(box[[1]], box[[2]], box[[3]]))
    return(add(name, comparison, "-", result_row("contradiction", "all", 30)))
  for (k in 1:3)
    for (step in as.vector(rbind(1:500, -(1:500))))
      {
        changed <- box
        changed[[k]] <- changed[[k]] + step * 2 * half(printed[[k]])
        if (fits(changed[[1]], changed[[2]], changed[[3]]))
          {
            add(name, comparison, "-", result_row(
              "contradiction", names(printed)[k], 30,
              estimate = value(printed[[k]]) + step * 2 * half(printed[[k]]),
              statistic = step))
            break
          }
      }
}
means("means-off", "5.2", "4.1", "1.4")
means("means-fit", "5.24", "4.1", "1.2")
means("means-mixed", "51.25", "48", "4.9")

# two groups
counts_of <- function(percent, n)
{
  k <- 0:n; b <- ends(percent)
  k[100 * k / n >= b[1] - 1e-9 & 100 * k / n <= b[2] + 1e-9]
}
groups <- function(name, n1, n2, k1, k2, percent = FALSE)
{
  if (percent) row(endpoint = name, design = "parallel", n1 = n1, n2 = n2,
                   percent1 = k1, percent2 = k2)
  else row(endpoint = name, design = "parallel", n1 = n1, n2 = n2,
           count1 = k1, count2 = k2)
  n1 <- as.numeric(n1); n2 <- as.numeric(n2)
  K1 <- if (percent) counts_of(k1, n1) else as.numeric(k1)
  K2 <- if (percent) counts_of(k2, n2) else as.numeric(k2)
  near <- function(K, percent, n) K[which.min(abs(100 * K / n - value(percent)))]
  a <- if (percent) near(K1, k1, n1) else K1
  b <- if (percent) near(K2, k2, n2) else K2
  if (percent)
    add(name, comparison, "-", rbind(
      result_row("printed-proportions", "count1", n1, estimate = a,
                 conf_low = min(K1), conf_high = max(K1)),
      result_row("printed-proportions", "count2", n2, estimate = b,
                 conf_low = min(K2), conf_high = max(K2))))
  table <- function(i, j) matrix(c(i, n1 - i, j, n2 - j), 2, byrow = TRUE)
  chi <- function(i, j)
    suppressWarnings(chisq.test(table(i, j), correct = FALSE))
  open <- length(K1) * length(K2) > 1
  pairs <- expand.grid(K1, K2)
  chis <- mapply(function(i, j) chi(i, j)$p.value, pairs[, 1], pairs[, 2])
  fishers <- mapply(function(i, j) fisher.test(table(i, j))$p.value,
                    pairs[, 1], pairs[, 2])
  p1 <- a / n1; p2 <- b / n2
  se <- sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2); z <- (p1 - p2) / se
  if (open)
    add(name, comparison, "-", rbind(
      result_row("printed-proportions", "risk-difference", n1 + n2,
                 estimate = p1 - p2, conf_low = min(K1) / n1 - max(K2) / n2,
                 conf_high = max(K1) / n1 - min(K2) / n2),
      result_row("printed-proportions", "chi-squared", n1 + n2,
                 estimate = chi(a, b)$p.value, df_num = 1,
                 statistic = chi(a, b)$statistic,
                 p_value = chi(a, b)$p.value, conf_low = min(chis),
                 conf_high = max(chis)),
      result_row("printed-proportions", "fisher", n1 + n2,
                 estimate = fisher.test(table(a, b))$p.value,
                 p_value = fisher.test(table(a, b))$p.value,
                 conf_low = min(fishers), conf_high = max(fishers))))
  else
    {
      add(name, comparison, "-", rbind(
        result_row("printed-proportions", "risk-difference", n1 + n2,
                   estimate = p1 - p2, std_error = se, statistic = z,
                   p_value = 2 * pnorm(-abs(z)),
                   conf_low = p1 - p2 - qnorm(0.975) * se,
                   conf_high = p1 - p2 + qnorm(0.975) * se),
        result_row("printed-proportions", "chi-squared", n1 + n2, df_num = 1,
                   statistic = chi(a, b)$statistic,
                   p_value = chi(a, b)$p.value)))
      # fisher.test's odds ratio and interval are good to four or five digits
      f <- fisher.test(table(a, b))
      add(name, comparison, "-", result_row(
        "printed-proportions", "fisher", n1 + n2, estimate = f$estimate,
        p_value = f$p.value, conf_low = f$conf.int[1],
        conf_high = f$conf.int[2]), tolerance = "1e-3,p_value=1e-8")
    }
}
groups("arms-counts", "40", "40", "12", "6")
groups("arms-percent", "250", "247", "12", "20", percent = TRUE)
groups("arms-percent-exact", "40", "38", "17.5", "36.8", percent = TRUE)

# margins of pairs
margins <- function(name, n, k1, k2, p = "", percent = FALSE)
{
  if (percent) row(endpoint = name, n = n, percent1 = k1, percent2 = k2, p = p)
  else row(endpoint = name, n = n, count1 = k1, count2 = k2, p = p)
  n <- as.numeric(n)
  K1 <- if (percent) counts_of(k1, n) else as.numeric(k1)
  K2 <- if (percent) counts_of(k2, n) else as.numeric(k2)
  all <- NULL
  for (i in K1) for (j in K2) for (b in 0:i)
    {
      c <- b - (i - j)
      if (c < 0 || b > i || c > j || i + c > n) next
      m <- b + c
      exact <- if (m == 0) 1 else binom.test(b, m)$p.value
      midp <- if (m == 0) 1 else exact - if (b == c) dbinom(b, m, 0.5) / 1 * 0.5 else
        dbinom(b, m, 0.5)
      chi <- if (m == 0) 1 else pchisq((b - c)^2 / m, 1, lower.tail = FALSE)
      all <- rbind(all, data.frame(
        m = m, change = (b - c) / n,
        se = sqrt(max(0, m - (b - c)^2 / n)) / n, chi = chi, exact = exact,
        midp = midp))
    }
  one <- function(term, x)
    add(name, comparison, "-", result_row(
      "mcnemar-bounds", term, n,
      estimate = if (length(x) > 0 && min(x) == max(x)) min(x) else NA,
      conf_low = if (length(x) > 0) min(x) else NA,
      conf_high = if (length(x) > 0) max(x) else NA))
  one("change", all$change); one("discordant", all$m); one("se", all$se)
  one("mcnemar", all$chi); one("mcnemar-exact", all$exact)
  one("mcnemar-midp", all$midp)
  if (p != "")
    {
      b <- ends(p)
      fit <- function(x) all$m[x >= b[1] - 1e-12 & x <= b[2] + 1e-12]
      one("discordant:mcnemar", fit(all$chi))
      one("discordant:mcnemar-exact", fit(all$exact))
      one("discordant:mcnemar-midp", fit(all$midp))
    }
}
row(endpoint = "discordant", n = "70", only1 = "15", only2 = "4")
add("discordant", comparison, "-", do.call(rbind, Map(
  function(term, x) result_row("mcnemar-bounds", term, 70, estimate = x,
                               conf_low = x, conf_high = x),
  c("change", "discordant", "se", "mcnemar", "mcnemar-exact",
    "mcnemar-midp"),
  c(11 / 70, 19, sqrt(19 - 11^2 / 70) / 70,
    pchisq(11^2 / 19, 1, lower.tail = FALSE), binom.test(4, 19)$p.value,
    binom.test(4, 19)$p.value - dbinom(4, 19, 0.5)))))
margins("margins", "20", "10", "4")
margins("margins-p", "120", "61", "45", p = "0.028")
margins("margins-percent", "211", "34", "27", p = "0.04", percent = TRUE)

# percentages
share <- function(name, n, percent)
{
  row(study = "shares", endpoint = name, n = n, percent = percent)
  n <- as.numeric(n); k <- counts_of(percent, n)
  near <- floor(n * value(percent) / 100 + 0.5)
  add(name, comparison, "-", result_row(
    "percent-count", "percent", n, estimate = near,
    conf_low = if (length(k) > 0) min(k) else NA,
    conf_high = if (length(k) > 0) max(k) else NA))
  if (length(k) > 0) return()
  fits <- Filter(function(m) length(counts_of(percent, m)) > 0, 1:2000)
  below <- max(c(-Inf, fits[fits < n])); above <- min(fits[fits > n])
  add(name, comparison, "-", result_row(
    "percent-count", "n:percent", n,
    estimate = if (n - below < above - n) below else above,
    conf_low = if (is.finite(below)) below else NA, conf_high = above))
}
share("response", "17", "89"); share("remission", "17", "67")
share("third", "17", "12"); share("other-n", "46", "37.0")
fits <- Filter(function(m) all(sapply(c("89", "67", "12"), function(x)
  length(counts_of(x, m)) > 0)), 1:200)
add("-", comparison, "-", result_row(
  "percent-count", "n:all", 17, estimate = {
    below <- fits[fits < 17]; above <- min(fits[fits > 17])
    if (length(below) > 0 && 17 - max(below) < above - 17) max(below) else above
  }, conf_low = if (any(fits < 17)) max(fits[fits < 17]) else NA,
  conf_high = min(fits[fits > 17])))

# fragility
fragile <- function(name, n1, n2, k1, k2)
{
  row(endpoint = name, design = "parallel", n1 = n1, n2 = n2, count1 = k1,
      count2 = k2)
  n <- c(as.numeric(n1), as.numeric(n2)); k <- c(as.numeric(k1), as.numeric(k2))
  few <- if (k[1] / n[1] <= k[2] / n[2]) 1 else 2
  p <- function() fisher.test(rbind(k, n - k))$p.value
  steps <- 0
  reverse <- p() >= 0.05
  while ((p() < 0.05) != reverse)
    {
      if (!reverse) k[few] <- k[few] + 1
      else if (k[few] > 0) k[few] <- k[few] - 1
      else k[3 - few] <- k[3 - few] + 1
      steps <- steps + 1
    }
  add(name, comparison, "-", rbind(
    result_row("fragility-index", if (reverse) "reverse-fragility" else
               "fragility", sum(n), estimate = steps, p_value = p()),
    result_row("fragility-index", "fragility-quotient", sum(n),
               estimate = steps / sum(n))))
}
fragile("fragile-1", "10", "10", "0", "5")
fragile("fragile-2", "100", "102", "31", "12")
fragile("robust-not", "50", "48", "11", "8")

fragile_pairs <- function(name, n, b, c)
{
  row(endpoint = name, n = n, only1 = b, only2 = c)
  n <- as.numeric(n); b <- as.numeric(b); c <- as.numeric(c)
  p <- function(b, c) if (b + c == 0) 1 else binom.test(b, b + c)$p.value
  reverse <- p(b, c) >= 0.05
  # breadth first over single changes
  seen <- matrix(c(b, c), 1); steps <- 0
  repeat
    {
      values <- apply(seen, 1, function(x) p(x[1], x[2]))
      done <- if (reverse) values < 0.05 else values >= 0.05
      if (steps > 0 && any(done)) break
      up <- b >= c # who prevails
      new <- do.call(rbind, lapply(seq_len(nrow(seen)), function(i)
      {
        x <- seen[i, ]
        more <- if (up) 1 else 2; fewer <- 3 - more
        less_one <- x; more_one <- x
        if (reverse) { less_one[fewer] <- x[fewer] - 1
                       more_one[more] <- x[more] + 1 }
        else { less_one[more] <- x[more] - 1
               more_one[fewer] <- x[fewer] + 1 }
        rbind(less_one, more_one)
      }))
      # one-response changes need somebody without a change at the start
      made <- if (reverse) (if (up) new[, 1] - b else new[, 2] - c) else
        (if (up) new[, 2] - c else new[, 1] - b)
      keep <- new[, 1] >= 0 & new[, 2] >= 0 & made <= n - b - c
      seen <- unique(new[keep, , drop = FALSE]); steps <- steps + 1
    }
  end <- if (reverse) min(values[done]) else max(values[done])
  add(name, comparison, "-", rbind(
    result_row("fragility-index", if (reverse) "reverse-fragility" else
               "fragility", n, estimate = steps, p_value = end),
    result_row("fragility-index", "fragility-quotient", n,
               estimate = steps / n)))
}
fragile_pairs("pairs-1", "60", "20", "5")
fragile_pairs("pairs-2", "40", "4", "9")

# tipping points: data with exactly these means and SDs
exactly <- function(n, mean, sd)
  if (n == 1) mean else mean + sd * as.vector(scale(qnorm(ppoints(n))))
tip_of <- function(d, s, n, m)
{
  p <- function(x) t.test(c(exactly(n, d, s), exactly(m, x, s)))$p.value - 0.05
  toward <- -n * d / m # all differ by nothing: p = 1
  away <- d
  while (p(away) > 0 && abs(away) < 1e6) away <- away + sign(d) * 0.2 * s
  uniroot(p, sort(c(toward, away)), tol = 1e-14, maxiter = 10000)$root
}
tipping <- function(name, n, lost, d, p)
{
  row(endpoint = name, n = n, lost = lost, difference = d, p = p)
  n <- as.numeric(n); m <- as.numeric(lost); N <- n + m
  df <- n - 1
  s <- abs(value(d)) / tq(value(p), df) * sqrt(n)
  x <- c(exactly(n, value(d), s), exactly(m, 0, s))
  found <- t.test(x)
  add(name, comparison, "-", result_row(
    "tipping-point", "all-lost", N, estimate = mean(x),
    std_error = found$stderr, df = N - 1, statistic = unname(found$statistic),
    p_value = found$p.value))
  corners <- NULL
  for (a in abs(ends(d))) for (b in tq(ends(p), df))
    corners <- rbind(corners, c(a, a / b * sqrt(n)))
  corners <- corners[c(1, 2, 4, 3), ] # around
  tips <- apply(corners, 1, function(x) tip_of(x[1], x[2], n, m))
  for (i in 1:4)
    {
      a <- corners[i, ]; b <- corners[i %% 4 + 1, ]
      f <- function(u) { x <- a + u * (b - a); tip_of(x[1], x[2], n, m) }
      tips <- c(tips, optimize(f, 0:1, tol = 1e-8)$objective)
    }
  range <- sort(sign(value(d)) * range(tips))
  add(name, comparison, "-", result_row(
    "tipping-point", "tipping", N, df = N - 1,
    estimate = sign(value(d)) * tip_of(abs(value(d)), s, n, m),
    conf_low = range[1], conf_high = range[2]), tolerance = 1e-8)
  fewest <- function(d, s, factor)
  {
    k <- 0
    repeat
      {
        x <- if (k > 0) c(exactly(n, d, s), exactly(k, factor * d, s)) else
          exactly(n, d, s)
        # one lost person has no SD of its own: it is added to the squares
        squares <- if (k > 0) (n - 1) * s^2 + (k - 1) * s^2 +
          n * k / (n + k) * (d - factor * d)^2 else (n - 1) * s^2
        t <- mean(x) / sqrt(squares / (n + k - 1) / (n + k))
        if (tp(t, n + k - 1) > 0.05) return(k)
        k <- k + 1
      }
  }
  for (term in c("lost-none", "lost-opposite"))
    {
      factor <- if (term == "lost-none") 0 else -1
      at <- apply(corners, 1, function(x) fewest(x[1], x[2], factor))
      add(name, comparison, "-", result_row(
        "tipping-point", term, n,
        estimate = fewest(abs(value(d)), s, factor), conf_low = min(at),
        conf_high = max(at)))
    }
}
tipping("lost-1", "60", "20", "3.3", "0.04")
tipping("lost-2", "60", "20", "-1.6", "0.003")
tipping("lost-3", "18", "7", "2.40", "0.012")
tipping("lost-gain", "40", "10", "1.5", "0.09")

writeLines(c("# synthetic: made up to test, not of any paper",
             paste(header, collapse = ","), lines),
           file.path(DATA_DIR, comparison))

# ---- families of p-values
family <- "summary_family_synthetic.csv"
claims <- c(a = "0.04", b = "<0.01", c = ".0010", d = "0.05", e = "",
            f = ">0.05", g = "0.2")
writeLines(c("# synthetic: made up to test, not of any paper",
             "endpoint,p", paste(names(claims), claims, sep = ",")),
           file.path(DATA_DIR, family))
adjustments <- c(bonferroni = "bonferroni", holm = "holm",
                 hochberg = "hochberg", hommel = "hommel", bh = "BH",
                 by = "BY")
adjust <- function(options, size, unprinted)
{
  box <- t(sapply(claims, function(x)
    if (x == "") unprinted else pmin(pmax(ends(x), 0), 1)))
  more <- size - nrow(box)
  whole <- rbind(box, matrix(rep(unprinted, more), more, 2, byrow = TRUE))
  for (name in names(adjustments))
    {
      low <- p.adjust(whole[, 1], adjustments[[name]])
      high <- p.adjust(whole[, 2], adjustments[[name]])
      set.seed(1)
      for (k in 1:300) # nothing lies outside
        {
          p <- runif(nrow(whole), whole[, 1], whole[, 2])
          q <- p.adjust(p, adjustments[[name]])
          stopifnot(q >= low - 1e-12, q <= high + 1e-12)
        }
      for (i in seq_along(claims))
        {
          exact <- claims[i] != "" && !grepl("[<>]", claims[i])
          add(names(claims)[i], family, options, result_row(
            "multiplicity", name, size,
            estimate = if (exact && name == "bonferroni")
              min(1, size * value(claims[i])) else NA,
            p_value = if (exact) value(claims[i]) else NA,
            conf_low = low[i], conf_high = high[i]))
          # what is above 0.05 is not 0.05
          is_open <- c(claims == "" | startsWith(claims, ">"), rep(TRUE, more))
          inner <- ifelse(is_open, pmin(whole[, 1] * (1 + 1e-7), 1),
                          whole[, 1])
          low_inner <- p.adjust(inner, adjustments[[name]])
          sure <- high[i] <= 0.05 + 1e-12
          if (sure || low_inner[i] > 0.05 * (1 + 1e-9)) next
          largest <- function(others)
          {
            ok <- function(x) { p <- others; p[i] <- x
                                p.adjust(p, adjustments[[name]])[i] <= 0.05 * (1 + 1e-12) }
            a <- 0; b <- 1
            for (k in 1:80) { x <- (a + b) / 2; if (ok(x)) a <- x else b <- x }
            a
          }
          needs <- c(largest(whole[, 2]), largest(inner))
          add(names(claims)[i], family, options, result_row(
            "multiplicity", paste0(name, ":needs"), size,
            estimate = if (needs[1] == needs[2]) needs[1] else NA,
            conf_low = needs[1], conf_high = needs[2]))
        }
    }
}
adjust("-", 7, c(0, 1))
adjust("--family=11", 11, c(0, 1))
adjust("--family=11 --unprinted-p=0.05,1", 11, c(0.05, 1))

# ---- last digits, repeats
digits <- "summary_digits_synthetic.csv"
table <- data.frame(
  endpoint = letters[1:12],
  mean1 = c("12.5", "14.0", "11.5", "13.0", "10.5", "12.0", "13.5", "14.5",
            "11.0", "12.5", "15.5", "16.0"),
  sd1 = c("2.31", "2.47", "1.98", "2.05", "3.12", "2.86", "1.77", "2.40",
          "2.69", "2.31", "2.22", "2.13"),
  mean2 = c("12.1", "13.7", "11.9", "12.5", "10.2", "12.8", "13.3", "14.4",
            "11.6", "9", "15.0", "16.4"),
  sd2 = c("2.01", "2.57", "1.18", "2.31", "3.42", "2.16", "1.67", "2.50",
          "2.19", "2.94", "2.88", "2.63"), stringsAsFactors = FALSE)
table[12, 2:5] <- table[3, 2:5] # a repeated row
writeLines(c("# synthetic: made up to test, not of any paper",
             paste(names(table), collapse = ","),
             do.call(paste, c(table, sep = ","))),
           file.path(DATA_DIR, digits))
partitions <- function(n, k, most = n)
  if (k == 1) (if (n <= most) list(n) else list()) else
    unlist(lapply(min(n, most):ceiling(n / k), function(x)
      lapply(partitions(n - x, k - 1, x), function(rest) c(x, rest))),
      recursive = FALSE)
exact_p <- function(counts)
{
  n <- sum(counts); p <- 0
  for (part in partitions(n, 10))
    if (sum(part^2) >= sum(counts^2))
      p <- p + exp(lfactorial(n) - sum(lfactorial(part)) +
                   lfactorial(10) - sum(lfactorial(table(part))) -
                   n * log(10))
  p
}

figures <- table
count_digits <- function(group, texts)
{
  units <- gsub(".", "", texts, fixed = TRUE)
  units <- sub("^0+", "", units)
  last <- as.numeric(substring(units, nchar(units)))[nchar(units) > 1]
  counts <- sapply(0:9, function(k) sum(last == k))
  n <- sum(counts)
  chi <- suppressWarnings(chisq.test(counts))
  add("-", digits, "-", group = group, rbind(
    do.call(rbind, lapply(0:9, function(k) result_row(
      "terminal-digits", paste0("digit-", k), n, estimate = counts[k + 1]))),
    result_row("terminal-digits", "chi-squared", n, df_num = 9,
               statistic = unname(chi$statistic), p_value = chi$p.value),
    result_row("terminal-digits", "exact", n,
               p_value = if (n <= 60) exact_p(counts) else NA)))
}
for (column in names(figures)[-1]) count_digits(column, figures[[column]])
count_digits("all", unlist(figures[-1]))
repeated <- function(endpoint, term, times)
  add(endpoint, digits, "-", result_row("duplicates", term, NA,
                                        estimate = times))
repeated("c", "row", 4)         # c and l
repeated("a", "pair:mean,sd", 3) # 12.5 (2.31): a and j, and d's second arm
repeated("c", "value:mean1", 2)

write_oracle(all_rows, file.path(OUT_DIR, "summary_more.tsv"),
             c(paste0("source: other program: ", r_version(),
                      ", base packages"),
               "script: scripts/oracle/summary_more.R",
               "data: tests/oracle/data/, all synthetic",
               "command: recross summary DATA OPTIONS"), COLUMNS)
