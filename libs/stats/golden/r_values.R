# Records the values of R that the tests compare with:
#
#     Rscript libs/stats/golden/r_values.R > libs/stats/golden/r.json
#     npx biome format --write libs/stats/golden
#
# Needed only to record the values again; the project itself needs no R.
set.seed(7)
cases <- list()
number <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "null")
vec <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
mat <- function(m) paste0("[", paste(apply(m, 1, vec), collapse = ","), "]")
case <- function(statistic, arguments, value) {
  text <- sprintf("{\"statistic\":\"%s\",\"arguments\":[%s],\"value\":%s}", statistic, paste(arguments, collapse = ","), value)
  cases[[length(cases) + 1]] <<- text
}

for (m in c(1, 2, 6, 21)) {
  p <- runif(m)^3
  for (method in c("bonferroni", "holm", "hochberg")) {
    case("adjustPValues", c(vec(p), sprintf("\"%s\"", method)), vec(p.adjust(p, method)))
  }
}
for (size in list(c(5, 3), c(7, 5), c(12, 8), c(40, 4))) {
  scores <- matrix(rnorm(prod(size)), size[1]) + rep(seq_len(size[2]) * 0.3, each = size[1])
  for (tied in c(FALSE, TRUE)) {
    if (tied) scores <- floor(scores * 2)
    f <- friedman.test(scores)
    case("friedman", mat(scores), vec(c(f$statistic, f$p.value)))
    q <- quade.test(scores)
    case("quade", mat(scores), vec(c(q$statistic, q$p.value)))
  }
}
for (n in c(4, 10, 25)) {
  x <- rnorm(n)
  y <- x + rnorm(n, 0.4)
  for (alternative in c("two.sided", "greater", "less")) {
    name <- sub("two.sided", "two-sided", alternative, fixed = TRUE)
    w <- wilcox.test(x, y, paired = TRUE, exact = TRUE, alternative = alternative)
    case("wilcoxonExact", c(vec(x), vec(y), sprintf("{\"alternative\":\"%s\"}", name)), number(w$p.value))
    k <- cor.test(x, y, method = "kendall", exact = TRUE, alternative = alternative)
    case("kendall", c(vec(x), vec(y), sprintf("{\"method\":\"exact\",\"alternative\":\"%s\"}", name)), vec(c(k$estimate, k$p.value)))
  }
  h <- outer(x, x, "+")
  case("hodgesLehmann", vec(x), number(median(h[lower.tri(h, diag = TRUE)]) / 2))
}
for (k in c(2, 3, 5, 10, 50, 500)) {
  for (q in c(2, 3.5, 5)) case("studentizedRangeTail", vec(c(q, k)) |> substring(2) |> sub(pattern = "]", replacement = ""), number(ptukey(q, k, Inf, lower.tail = FALSE)))
}
cat(sprintf("{\"software\":\"%s\",\"cases\":[\n%s\n]}\n", R.version.string, paste(cases, collapse = ",\n")))
