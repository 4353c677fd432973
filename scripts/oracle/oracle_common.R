# What the oracle scripts share: exact decimals, the row of an oracle file, and
# writing it.  Base R only.  Run every script from the top folder of the tree.

DATA_DIR <- "tests/oracle/data"
OUT_DIR <- "tests/oracle"
TOLERANCE <- 1e-9 # relative; the default of every row

MISSING <- c("", "NA", ".") # what counts as a missing cell

# Decimal text to exact integers at one common power of ten, so that ties, zeros
# and equal differences are decided on what was written and not on its binary
# neighbour.  "0.30", "3e-1" and ".3" are one number.  Returns the integers (as
# doubles, all below 2^53) and the scale: value = int / scale.
decimals <- function(text)
{
  text <- trimws(text)
  miss <- is.na(text) | text %in% MISSING
  pat <- "^([+-]?)([0-9]*)\\.?([0-9]*)([eE]([+-]?[0-9]+))?$"
  bad <- !miss & (!grepl(pat, text) | !grepl("[0-9]", text))
  if (any(bad))
    stop("not a number: ", paste(unique(text[bad]), collapse = " "))
  sign <- ifelse(sub(pat, "\\1", text) == "-", -1, 1)
  whole <- sub(pat, "\\2", text)
  frac <- sub(pat, "\\3", text)
  expo <- sub(pat, "\\5", text)
  expo <- ifelse(expo == "", 0, suppressWarnings(as.numeric(expo)))
  digits <- suppressWarnings(as.numeric(paste0("0", whole, frac)))
  power <- expo - nchar(frac) # value = sign * digits * 10^power
  # drop trailing zeros so that "0.30" does not widen the scale
  for (i in which(!miss))
    while (digits[i] != 0 && power[i] < 0 && digits[i] %% 10 == 0)
      {
        digits[i] <- digits[i] / 10
        power[i] <- power[i] + 1
      }
  power[digits %in% 0] <- 0
  places <- max(0, -power[!miss])
  int <- ifelse(miss, NA, sign * digits * 10^(power + places))
  stopifnot(all(is.na(int) | (int == round(int) & abs(int) < 2^50)))
  list(int = int, scale = 10^places)
}

# 17 significant digits, missing as NA
number <- function(x)
  ifelse(is.na(x), "NA", sprintf("%.17g", x + 0)) # + 0: no negative zero

COLUMNS <- c("case", "data", "options", "endpoint", "measure", "group",
             "method", "term", "n", "estimate", "std_error", "df_num", "df",
             "statistic", "p_value", "conf_low", "conf_high", "tolerance")

result_row <- function(method, term, n, estimate = NA, std_error = NA,
                       df_num = NA, df = NA, statistic = NA, p_value = NA,
                       conf_low = NA, conf_high = NA)
  data.frame(method = method, term = term, n = n, estimate = estimate,
             std_error = std_error, df_num = df_num, df = df,
             statistic = statistic, p_value = p_value, conf_low = conf_low,
             conf_high = conf_high, stringsAsFactors = FALSE)

r_version <- function()
  paste0("R ", R.version$major, ".", R.version$minor)

# Write an oracle file: `# ` lines, header, rows.
write_oracle <- function(rows, file, head, columns = names(rows))
{
  out <- rows[columns]
  if (is.numeric(out$tolerance))
    out$tolerance <- sprintf("%g", out$tolerance)
  for (k in names(out))
    if (is.numeric(out[[k]]))
      out[[k]] <- number(out[[k]])
  text <- c(paste("#", head), paste(columns, collapse = "\t"),
            do.call(paste, c(unname(out), sep = "\t")))
  con <- file(file, "wb") # binary: "\n" on every system
  on.exit(close(con))
  writeLines(text, con, sep = "\n", useBytes = TRUE)
  message(file, ": ", nrow(rows), " rows")
}

# Read a CSV as text, leaving out `#` comment lines.
read_text_csv <- function(name)
{
  lines <- readLines(file.path(DATA_DIR, name), encoding = "UTF-8")
  lines <- lines[!startsWith(lines, "#")]
  read.csv(text = lines, colClasses = "character", na.strings = character(0),
           check.names = FALSE, strip.white = TRUE)
}

near <- function(a, b, tol = 1e-8)
  all(is.na(a) == is.na(b)) &&
    (all(is.na(a)) || isTRUE(all.equal(as.numeric(a), as.numeric(b),
                                       tolerance = tol)))

# One-sample t on integers in units of 1 / scale.
one_sample_t <- function(method, term, d, scale, level)
{
  n <- length(d)
  if (n == 0)
    return(result_row(method, term, 0))
  est <- sum(d) / (n * scale)
  if (n == 1)
    return(result_row(method, term, 1, est))
  if (all(d == d[1])) # no variance: nothing to test with
    return(result_row(method, term, n, est, 0, df = n - 1))
  se <- sd(d) / sqrt(n) / scale
  t <- est / se
  q <- qt((1 + level) / 2, n - 1)
  ref <- t.test(d / scale, conf.level = level)
  stopifnot(near(ref$statistic, t), near(ref$conf.int, est + c(-q, q) * se))
  result_row(method, term, n, est, se, NA, n - 1, t, 2 * pt(-abs(t), n - 1),
             est - q * se, est + q * se)
}

# McNemar's numbers from the discordant pairs, b = only before, c = only after,
# among n persons.  The change is after minus before, (c - b) / n, with the Wald
# SE for paired proportions.  exact: two-sided binomial.  midp: half the
# probability of what is as far from the middle as the observed, so exact - f
# with f = P(X = b), and 1 - f / 2 when b = c (Fagerland, Lydersen & Laake, BMC
# Med Res Methodol 2013;13:91, supplement).  b + c = 0: nothing to test, NA.
mcnemar_numbers <- function(b, c, n, level = 0.95)
{
  m <- b + c
  est <- (c - b) / n
  se <- sqrt(((b + c) * n - (b - c)^2) / n) / n
  q <- qnorm((1 + level) / 2)
  out <- list(estimate = est, std_error = se, conf_low = est - q * se,
              conf_high = est + q * se, statistic = NA, p_value = NA,
              p_exact = NA, p_midp = NA, corrected = NA, p_corrected = NA)
  if (m == 0)
    return(out)
  few <- min(b, c)
  out$statistic <- (b - c)^2 / m
  out$p_value <- pchisq(out$statistic, 1, lower.tail = FALSE)
  f <- dbinom(few, m, 0.5)
  out$p_exact <- if (b == c) 1 else 2 * pbinom(few, m, 0.5)
  # 2 P(X < few) + f: no subtraction, so no digits lost far out
  out$p_midp <- if (b == c) 1 - f / 2 else 2 * pbinom(few - 1, m, 0.5) + f
  corrected <- mcnemar.test(matrix(base::c(n, c, b, n), 2), correct = TRUE)
  out$corrected <- unname(corrected$statistic)
  out$p_corrected <- corrected$p.value
  ref <- mcnemar.test(matrix(base::c(n, c, b, n), 2), correct = FALSE)
  stopifnot(near(ref$statistic, out$statistic), near(ref$p.value, out$p_value))
  if (m < 1e5)
    stopifnot(near(binom.test(b, m)$p.value, out$p_exact))
  out
}

# Newcombe's method 10 (Stat Med 1998;17:2635), from the paper's own letters:
# e both, f first alone, g second alone, h neither; here after minus before,
# so that the first is after: f = c, g = b.
newcombe <- function(e, f, g, h, level = 0.95)
  {
    n <- e + f + g + h
    z <- qnorm(1 - (1 - level) / 2)
    wilson <- function(k) (2 * k + z^2 + c(-1, 1) * z * sqrt(z^2 + 4 * k * (1 - k / n))) / (2 * (n + z^2))
    p <- c(e + f, e + g) / n
    one <- wilson(e + f); two <- wilson(e + g)
    a <- (e + f) * (g + h) * (e + g) * (f + h)
    b <- e * h - f * g
    phi <- if (a == 0) 0 else (if (b > n / 2) b - n / 2 else if (b >= 0) 0 else b) / sqrt(a)
    dl <- c(p[1] - one[1], two[2] - p[2]); du <- c(one[2] - p[1], p[2] - two[1])
    theta <- (f - g) / n
    c(max(theta - sqrt(max(dl[1]^2 - 2 * phi * dl[1] * dl[2] + dl[2]^2, 0)), -1),
      min(theta + sqrt(max(du[1]^2 - 2 * phi * du[1] * du[2] + du[2]^2, 0)), 1))
  }

# Tango's interval (Stat Med 1998;17:891): the likelihood of (b, c, rest) for a
# given difference is maximised by search, not by the quadratic, and the limits
# are where the score statistic is -+ z.
tango <- function(b, c, n, level = 0.95)
  {
    z <- qnorm(1 - (1 - level) / 2)
    statistic <- function(delta)
      {
        from <- max(0, -delta); to <- (1 - delta) / 2
        part <- function(k, p) if (k == 0) 0 else k / p # nobody has no say
        slope <- function(q) part(b, q) + part(c, q + delta) - 2 * part(n - b - c, 1 - 2 * q - delta)
        eps <- 1e-14
        q <- if (to - from < 1e-12) from else {
          lo <- from + (to - from) * eps; hi <- to - (to - from) * eps
          if (slope(lo) <= 0) lo else if (slope(hi) >= 0) hi else
            uniroot(slope, c(lo, hi), tol = 1e-16, maxiter = 10000)$root }
        v <- n * (2 * q + delta - delta^2)
        if (v <= 0) return(sign(c - b - n * delta) * 1e6)
        (c - b - n * delta) / sqrt(v)
      }
    at <- (c - b) / n
    find <- function(edge, target)
      {
        edge <- edge * (1 - 1e-13)
        if ((statistic(edge) - target) * sign(edge - at) > 0 || edge == at) return(sign(edge))
        uniroot(function(d) statistic(d) - target, sort(c(at, edge)), tol = 1e-15, maxiter = 10000)$root
      }
    c(if (at == -1) -1 else find(-1, z), if (at == 1) 1 else find(1, -z))
  }

# A data set and a study file with one analysis of it.  na: what a missing cell
# says; keys: the other lines of the analysis.
write_study <- function(case, comment, d, keys, data, analysis, type, na = "")
{
  csv <- paste0(case, "_synthetic.csv")
  con <- file(file.path(DATA_DIR, csv), "wb")
  writeLines(c(paste("# synthetic:", comment), paste(names(d), collapse = ","),
               do.call(paste, c(unname(lapply(d, function(v)
                 ifelse(is.na(v), na, as.character(v)))), sep = ","))), con,
             sep = "\n")
  close(con)
  con <- file(file.path(DATA_DIR, paste0(case, ".yaml")), "wb")
  writeLines(c("recross: 1", paste("study:", case), "data:",
               paste0("  - {name: ", data, ", file: ", csv, "}"), "analyses:",
               paste("  - name:", analysis), paste("    type:", type),
               paste("    data:", data), paste0("    ", keys)), con,
             sep = "\n")
  close(con)
}

# A data set of nobody, made by a script of scripts/oracle/.
write_synthetic <- function(stem, d, note, script)
{
  con <- file(file.path(DATA_DIR, paste0(stem, "_synthetic.csv")), "wb")
  on.exit(close(con))
  writeLines(c(paste("# synthetic:", note,
                     paste0("(scripts/oracle/", script, "); not patients")),
               paste(names(d), collapse = ","),
               do.call(paste, c(unname(lapply(d, as.character)), sep = ","))),
             con)
}

# TRUE when the script is run itself, FALSE when another file sources it
is_main <- function()
  sys.nframe() <= 1
