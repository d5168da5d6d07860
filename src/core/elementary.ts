/**
 * Exponential, logarithm and cosine from basic arithmetic. `Math.exp` may differ in the last bit between
 * engines (Node and Chrome do), and a run must give the same log in both; IEEE 754 fixes + − × ÷ and the
 * square root everywhere. Whatever a log depends on uses these.
 */

/** ln 2 in two parts; the first has so few bits that its products with integers are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** Terms of the series on |r| ≤ ln 2 / 2: the next one is below 1e-18. */
const TERMS = 14;

/** e^x for any x; relative error of a few 1e-16 (subnormal results may become 0). */
export function exp(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const doublings = Math.round(x / Math.LN2);
  const r = x - doublings * LN2_HIGH - doublings * LN2_LOW;
  let sum = 1;
  for (let n = TERMS; n > 0; n--) sum = 1 + (r / n) * sum;
  const factor = doublings < 0 ? 0.5 : 2;
  for (let i = Math.abs(doublings); i > 0; i--) sum *= factor;
  return sum;
}

/** Terms of the series of atanh on |t| ≤ 0.172: the next one is below 1e-18. */
const LOG_TERMS = 12;

/** The natural logarithm of x; relative error of a few 1e-16. −∞ for 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let mantissa = x;
  let doublings = 0;
  for (; mantissa > Math.SQRT2; doublings++) mantissa /= 2;
  for (; mantissa < Math.SQRT1_2; doublings--) mantissa *= 2;
  const t = (mantissa - 1) / (mantissa + 1);
  let sum = 0;
  for (let n = LOG_TERMS; n > 0; n--) sum = sum * t * t + 1 / (2 * n - 1);
  return doublings * LN2_HIGH + (doublings * LN2_LOW + 2 * t * sum);
}

/** π/2 in two parts; the first has so few bits that its products with integers below 2^20 are exact. */
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_LOW = 6.077100506506192e-11;

/** Terms of the series of sine and cosine on |r| ≤ π/4: the next one is below 1e-20. */
const CIRCLE_TERMS = 10;

/** The series of cosine (`first` = 0) or sine (`first` = 1) at r, |r| ≤ π/4. */
function circleSeries(r: number, first: 0 | 1): number {
  let sum = 1;
  for (let n = CIRCLE_TERMS; n > 0; n--) {
    const k = 2 * n + first;
    sum = 1 - ((r * r) / (k * (k - 1))) * sum;
  }
  return first === 0 ? sum : r * sum;
}

/** The cosine of x radians, |x| ≤ 10^6; absolute error of a few 1e-16. NaN where x is not finite. */
export function cos(x: number): number {
  const quarters = Math.round(x / (Math.PI / 2));
  const r = x - quarters * HALF_PI_HIGH - quarters * HALF_PI_LOW;
  switch (((quarters % 4) + 4) % 4) {
    case 0:
      return circleSeries(r, 0);
    case 1:
      return -circleSeries(r, 1);
    case 2:
      return -circleSeries(r, 0);
    case 3:
      return circleSeries(r, 1);
    default:
      return Number.NaN;
  }
}
