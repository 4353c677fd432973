# Power and sample sizes of the t test, of TOST and of non-inferiority.
#
#   Rscript scripts/oracle/power.R   from the top folder
#
# writes tests/oracle/power.tsv: options of `recross power`, the total n and the
# power.  The t tests come from pt () with a non-centrality parameter; TOST from
# its definition, P (both one-sided tests reject) = E [Phi (b (U)) - Phi (a (U))]
# over the estimated standard deviation, by integrate () on the quantile scale
# of chi-squared.  Sample sizes are found one step at a time from the bottom.
# Degrees of freedom and variances of the designs come from the model matrix
# (subjects, periods, treatments fixed), not from a table; where the plan of a
# design departs from that stands at DIFFERENT below.  Also holds
# noncentral_t.tsv and owens_q.tsv against pt () and integrate ().

source("scripts/oracle/oracle_common.R")

# --- designs: df and the variance of a difference for sd 1, by least squares
SEQUENCES <- list(
  "2x2" = c("TR", "RT"), "3x3" = c("ABC", "BCA", "CAB"),
  "3x6x3" = c("ABC", "BCA", "CAB", "ACB", "BAC", "CBA"),
  "4x4" = c("ABDC", "BCAD", "CDBA", "DACB"), "2x2x3" = c("TRT", "RTR"),
  "2x2x4" = c("TRTR", "RTRT"),
  "2x4x4" = c("TRTR", "RTRT", "TRRT", "RTTR"),
  "2x3x3" = c("TRR", "RTR", "RRT"), "2x4x2" = c("TR", "RT", "TT", "RR"),
  "2x2x2r" = c("TTRR", "RRTT"))

# Balaam's design is planned with the variance adjusted for first-order
# carryover but the df of the model without it.
DIFFERENT <- "2x4x2"

# twice: every period measured twice, so that TTRR has two periods
by_least_squares <- function(sequences, n, carryover = FALSE, twice = FALSE)
{
  y <- NULL
  for (g in seq_along(sequences))
    for (i in seq_len(n[g]))
      {
        word <- strsplit(sequences[g], "")[[1]]
        before <- c(0, ifelse(head(word, -1) == "T", 0.5, -0.5))
        y <- rbind(y, data.frame(s = paste(g, i), p = ceiling(seq_along(word) / (1 + twice)),
                                 t = word, c = before))
      }
  y[1:3] <- lapply(y[1:3], factor)
  form <- if (carryover) ~ s + p + t + c else ~ s + p + t
  X <- model.matrix(form, y)
  V <- solve(crossprod(X))
  k <- grep("^t", colnames(X))[1]
  c(df = nrow(X) - ncol(X), variance = V[k, k])
}

# df and variance of a difference with n subjects in each group
design <- function(name, n)
{
  total <- sum(n)
  if (name == "parallel")
    return(c(df = total - 2, variance = sum(1 / n)))
  if (name == "paired") # n differences, each with variance 2
    return(c(df = total - 1, variance = 2 / total))
  ls <- by_least_squares(SEQUENCES[[name]], n, twice = name == "2x2x2r")
  if (name %in% DIFFERENT)
    ls["variance"] <- by_least_squares(SEQUENCES[[name]], n, TRUE)["variance"]
  ls
}

# The same for a balanced total, from the smallest balanced trial: the variance
# goes as 1 / total, df are linear in it.
groups_of <- function(name)
  if (name == "paired") 1 else if (name == "parallel") 2 else
    length(SEQUENCES[[name]])
KNOWN <- list()
balanced <- function(name, total)
{
  k <- groups_of(name)
  if (is.null(KNOWN[[name]]))
    KNOWN[[name]] <<- list(two = design(name, rep(2, k)),
                           three = design(name, rep(3, k)))
  a <- KNOWN[[name]]$two
  b <- KNOWN[[name]]$three
  stopifnot(near(a["variance"] * 2, b["variance"] * 3))
  slope <- (b["df"] - a["df"]) / k
  c(df = unname(a["df"] + slope * (total - 2 * k)),
    variance = unname(a["variance"] * 2 * k / total))
}

# --- power
power_t <- function(effect, se, df, alpha)
{
  t <- qt(alpha / 2, df, lower.tail = FALSE)
  pt(t, df, effect / se, lower.tail = FALSE) + pt(-t, df, effect / se)
}
power_above <- function(effect, margin, se, df, alpha)
  pt(qt(alpha, df, lower.tail = FALSE), df, (effect - margin) / se,
     lower.tail = FALSE)
power_below <- function(effect, margin, se, df, alpha)
  pt(qt(alpha, df), df, (effect - margin) / se)
power_tost <- function(effect, low, high, se, df, alpha)
{
  t <- qt(alpha, df, lower.tail = FALSE)
  most <- (high - low) / (2 * t * se)
  f <- function(v) # v: the probability of a smaller U
  {
    u <- sqrt(qchisq(v, df) / df)
    pnorm((high - effect) / se - t * u) - pnorm((low - effect) / se + t * u)
  }
  end <- pchisq(df * most^2, df)
  cuts <- end * c(0, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999, 1)
  sum(mapply(function(a, b)
    integrate(f, a, b, rel.tol = 1e-12, abs.tol = 1e-14,
              stop.on.error = FALSE)$value, head(cuts, -1), cuts[-1]))
}
power_nct <- function(effect, low, high, se, df, alpha)
{
  t <- qt(alpha, df, lower.tail = FALSE)
  max(0, pt(-t, df, (effect - high) / se) - pt(t, df, (effect - low) / se))
}
power_shifted <- function(effect, low, high, se, df, alpha)
{
  t <- qt(alpha, df, lower.tail = FALSE)
  max(0, pt(-t - (effect - high) / se, df) - pt(t - (effect - low) / se, df))
}
stopifnot(near(power_t(3.3, 12.16 / sqrt(60), 59, 0.05),
               power.t.test(60, 3.3, 12.16, type = "paired",
                            strict = TRUE)$power, 1e-9),
          near(power_t(0.5, sqrt(2 / 20), 38, 0.05),
               power.t.test(20, 0.5, 1, strict = TRUE)$power, 1e-9))

rows <- NULL
add <- function(options, n, power, tolerance)
  rows <<- rbind(rows, data.frame(options = options, n = n, estimate = power,
                                  tolerance = tolerance))

# power (se, df) as a function; the smallest balanced total from below
smallest <- function(name, sd, target, power)
{
  total <- 0
  repeat
    {
      total <- total + groups_of(name)
      d <- balanced(name, total)
      if (d["df"] < 1)
        next
      p <- power(sd * sqrt(d[["variance"]]), d[["df"]])
      if (p >= target)
        return(c(total, p))
    }
}
at <- function(name, sd, n, power)
{
  d <- if (length(n) == 1) balanced(name, n) else design(name, n)
  power(sd * sqrt(d[["variance"]]), d[["df"]])
}

T_TOLERANCE <- 1e-9    # pt () with ncp is good to about 1e-12 absolute
TOST_TOLERANCE <- 1e-9 # integrate ()
OPTION <- function(...) paste0("--", ..., collapse = " ")

# t tests: sizes and powers, every design
for (name in c(names(SEQUENCES), "paired", "parallel"))
  for (case in list(c(8, 3.3, 0.05, 0.9), c(2.5, 2, 0.01, 0.8)))
    {
      f <- function(se, df) power_t(case[2], se, df, case[3])
      common <- sprintf("--design %s --method t --sd %g --delta %g --alpha %g",
                        name, case[1], case[2], case[3])
      s <- smallest(name, case[1], case[4], f)
      add(sprintf("%s --power %g", common, case[4]), s[1], s[2], T_TOLERANCE)
      n <- 6 * groups_of(name)
      add(sprintf("%s --n %d", common, n), n, at(name, case[1], n, f),
          T_TOLERANCE)
    }
# TOST on the log scale, every design
for (name in c(names(SEQUENCES), "paired", "parallel"))
  for (case in list(c(0.3, 0.95, 0.8, 1.25, 0.05, 0.8),
                    c(0.22, 1.04, 0.9, 1 / 0.9, 0.025, 0.9)))
    {
      sd <- sqrt(log1p(case[1]^2))
      f <- function(se, df)
        power_tost(log(case[2]), log(case[3]), log(case[4]), se, df, case[5])
      limits <- if (case[3] == 0.8) "" else " --theta1 0.9"
      common <- sprintf("--design %s --method tost --cv %g --theta0 %g%s --alpha %g",
                        name, case[1], case[2], limits, case[5])
      s <- smallest(name, sd, case[6], f)
      add(sprintf("%s --power %g", common, case[6]), s[1], s[2],
          TOST_TOLERANCE)
      n <- 8 * groups_of(name)
      add(sprintf("%s --n %d", common, n), n, at(name, sd, n, f),
          TOST_TOLERANCE)
    }
# sequences of one's own, carryover in the model, unequal groups: df and the
# largest variance of a difference from the Moore-Penrose inverse
CARRIED <- list(
  none = list(),
  "first-order" = list(list(function(before, now) TRUE, 1)),
  "second-order" = list(list(function(before, now) TRUE, 1),
                        list(function(before, now) TRUE, 2)),
  "self-mixed" = list(list(function(before, now) before != now, 1),
                      list(function(before, now) before == now, 1)),
  "no-self" = list(list(function(before, now) before != now, 1)))
own_design <- function(sequences, n, model)
{
  word <- strsplit(rep(sequences, n), "")
  p <- length(word[[1]])
  d <- data.frame(s = rep(seq_along(word), each = p), p = seq_len(p),
                  t = unlist(word))
  labels <- sort(unique(d$t))
  dummy <- function(x, levels) outer(x, levels, "==") * 1
  x <- cbind(dummy(d$s, unique(d$s)), dummy(d$p, seq_len(p)),
             dummy(d$t, labels))
  at <- ncol(x) - length(labels)
  for (part in CARRIED[[model]])
  {
    b <- ifelse(d$p > part[[2]], d$t[pmax(1, seq_len(nrow(d)) - part[[2]])], "")
    x <- cbind(x, dummy(ifelse(b != "" & part[[1]](b, d$t), b, ""), labels))
  }
  g <- MASS::ginv(crossprod(x), tol = 1e-10)
  worst <- 0
  for (i in seq_along(labels))
    for (j in seq_len(i - 1))
    {
      l <- rep(0, ncol(x))
      l[at + i] <- 1
      l[at + j] <- -1
      stopifnot(max(abs(crossprod(x) %*% g %*% l - l)) < 1e-8)
      worst <- max(worst, drop(l %*% g %*% l))
    }
  c(df = nrow(x) - round(sum(diag(x %*% g %*% t(x)))), variance = worst)
}
for (case in list(list("TRT,RTR", "none", c(9, 7)),
                  list("TRT,RTR", "first-order", c(12, 8)),
                  list("TTRR,RRTT,TRRT,RTTR", "first-order", c(5, 4, 6, 3)),
                  list("TTRR,RRTT,TRRT,RTTR", "self-mixed", c(5, 5, 6, 4)),
                  list("TTRR,RRTT,TRRT,RTTR", "second-order", c(4, 4, 4, 7)),
                  list("AAB,BBA,ABA", "none", c(6, 5, 9)),
                  list("ABCC,BCAA,CABB,ACBB,BACC,CBAA", "no-self",
                       c(3, 2, 2, 4, 3, 2)),
                  list("AB,BC,CA,BA,CB,AC", "first-order", rep(4, 6)),
                  list("2x2x4", "first-order", c(8, 10)),
                  list("3x6x3", "first-order", c(2, 3, 2, 2, 4, 2)),
                  list("2x4x2", "first-order", c(6, 6, 5, 4))))
  {
    words <- if (case[[1]] %in% names(SEQUENCES)) SEQUENCES[[case[[1]]]]
             else strsplit(case[[1]], ",")[[1]]
    option <- if (case[[2]] == "none") ""
              else paste(" --carryover-model", case[[2]])
    even <- own_design(words, rep(4, length(words)), case[[2]])
    more <- own_design(words, rep(5, length(words)), case[[2]])
    k <- length(words)
    own_at <- function(total)
      c(df = even[["df"]] + (more[["df"]] - even[["df"]]) / k * (total - 4 * k),
        variance = even[["variance"]] * 4 * k / total)
    f <- function(d) power_t(3, 6 * sqrt(d[["variance"]]), d[["df"]], 0.05)
    g <- function(d) power_tost(log(0.95), log(0.8), log(1.25),
                                sqrt(log1p(0.3^2)) * sqrt(d[["variance"]]),
                                d[["df"]], 0.05)
    total <- 2 * k
    while (f(own_at(total)) < 0.9)
      total <- total + k
    common <- sprintf("--design %s%s", case[[1]], option)
    add(sprintf("%s --method t --sd 6 --delta 3 --power 0.9", common), total,
        f(own_at(total)), T_TOLERANCE)
    own <- own_design(words, case[[3]], case[[2]])
    n <- paste(case[[3]], collapse = ",")
    add(sprintf("%s --method t --sd 6 --delta 3 --n %s", common, n),
        sum(case[[3]]), f(own), T_TOLERANCE)
    add(sprintf("%s --method tost --cv 0.3 --n %s", common, n),
        sum(case[[3]]), g(own), TOST_TOLERANCE)
  }
# the approximations of TOST
for (case in list(c(0.25, 1.05, 24), c(0.4, 0.9, 60)))
  {
    sd <- sqrt(log1p(case[1]^2))
    lim <- log(c(0.8, 1.25))
    se <- sd * sqrt(2 / case[3])
    df <- case[3] - 2
    common <- sprintf("--cv %g --theta0 %g --n %d", case[1], case[2], case[3])
    add(paste("--method tost-nct", common), case[3],
        power_nct(log(case[2]), lim[1], lim[2], se, df, 0.05), T_TOLERANCE)
    add(paste("--method tost-shifted", common), case[3],
        power_shifted(log(case[2]), lim[1], lim[2], se, df, 0.05), T_TOLERANCE)
  }
# on the scale of measurement, limits not symmetric, hardly any power, at a limit
for (case in list(c(4, 0.5, -2, 3, 40), c(10, 0, -2, 2, 12), c(4, 3, -2, 3, 40),
                  c(0.2, 0.05, -0.2, 0.2, 20)))
  add(sprintf("--method tost --sd %g --theta0 %g --theta1 %g --theta2 %g --n %d",
              case[1], case[2], case[3], case[4], case[5]), case[5],
      power_tost(case[2], case[3], case[4], case[1] * sqrt(2 / case[5]),
                 case[5] - 2, 0.05), TOST_TOLERANCE)
add("--method tost --additive --cv 0.2 --theta0 0.05 --n 20", 20,
    power_tost(0.05, -0.2, 0.2, 0.2 * sqrt(2 / 20), 18, 0.05), TOST_TOLERANCE)
# non-inferiority and superiority by a margin
for (case in list(list("--margin 0.8 --theta0 0.95", 0.95, 0.8, power_above),
                  list("--margin 1.25 --theta0 1.05", 1.05, 1.25, power_below),
                  list("--margin 1.1 --theta0 1.3 --better higher", 1.3, 1.1,
                       power_above),
                  list("--margin 0.8 --theta0 0.75", 0.75, 0.8, power_above)))
  {
    sd <- sqrt(log1p(0.3^2))
    f <- function(se, df)
      case[[4]](log(case[[2]]), log(case[[3]]), se, df, 0.025)
    common <- paste("--method noninferiority --cv 0.3", case[[1]])
    add(paste(common, "--n 24"), 24, at("2x2", sd, 24, f), T_TOLERANCE)
    if (case[[2]] != 0.75)
      {
        s <- smallest("2x2", sd, 0.8, f)
        add(paste(common, "--power 0.8"), s[1], s[2], T_TOLERANCE)
      }
  }
add("--method noninferiority --sd 5 --margin -2 --delta 0 --alpha 0.05 --n 30",
    30, power_above(0, -2, 5 * sqrt(2 / 30), 28, 0.05), T_TOLERANCE)
# unequal groups; a total that the groups do not divide
for (n in list(c(10, 14), c(7, 21), c(11, 10)))
  for (name in c("2x2", "2x2x3", "2x2x4", "parallel"))
    {
      tost <- function(se, df)
        power_tost(log(0.95), log(0.8), log(1.25), se, df, 0.05)
      t <- function(se, df) power_t(3, se, df, 0.05)
      count <- if (n[1] == 11) "21" else paste(n, collapse = ",")
      add(sprintf("--design %s --method tost --cv 0.25 --theta0 0.95 --n %s",
                  name, count), sum(n), at(name, sqrt(log1p(0.25^2)), n, tost),
          TOST_TOLERANCE)
      add(sprintf("--design %s --method t --sd 4 --delta 3 --n %s", name,
                  count), sum(n), at(name, 4, n, t), T_TOLERANCE)
    }
# before and after in the same persons: the SD of the difference is given
add("--design paired --method t --sd-diff 12.16 --delta 3.3 --n 60", 60,
    power.t.test(60, 3.3, 12.16, type = "paired", strict = TRUE,
                 tol = 1e-12)$power, T_TOLERANCE)

# --- the two tables made with mpmath
z <- read.delim(file.path(OUT_DIR, "noncentral_t.tsv"), comment.char = "#")
z <- z[abs(z$ncp) <= 37 & z$df < 1e5, ] # where pt () is meant to work
lower <- z$tail == "lower"
p <- suppressWarnings(ifelse(lower, pt(z$t, z$df, z$ncp),
                             pt(z$t, z$df, z$ncp, lower.tail = FALSE)))
cat("pt (ncp): largest difference", max(abs(p - z$value)), "in", nrow(z),
    "rows\n")
stopifnot(abs(p - z$value) < 1e-9)
z <- read.delim(file.path(OUT_DIR, "owens_q.tsv"), comment.char = "#")
q <- mapply(function(df, t, delta, r)
  integrate(function(v) pnorm(t * sqrt(qchisq(v, df) / df) - delta), 0,
            pchisq(r^2, df), rel.tol = 1e-10,
            stop.on.error = FALSE)$value, z$df, z$t, z$delta, z$r)
cat("integrate: largest difference", max(abs(q - z$value)), "in", nrow(z),
    "rows\n")
stopifnot(abs(q - z$value) < 1e-8)

rows$estimate <- number(rows$estimate)
write_oracle(rows, file.path(OUT_DIR, "power.tsv"),
             c(paste0("source: other program: ", r_version(),
                      ", package stats"),
               "script: scripts/oracle/power.R",
               "options: recross power OPTIONS; n: total; estimate: power"))
