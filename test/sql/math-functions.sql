-- rule: t-sql/functions/abs-transact-sql: the value without its sign, in its type
SELECT ABS(-1.0), ABS(0), ABS(1.5e0), ABS(CAST(-5 AS bigint))
--> 1.0 | 0 | 1.5 | 5
SELECT ABS(CAST(-2147483648 AS int))
--! 8115 16 2
SELECT ABS(CAST(-1 AS smallint)) AS a, ABS(CAST(-1 AS money)) AS b, ABS(CAST(-1.5 AS decimal(5, 2))) AS c, ABS('-2') AS d
--= a int | b money | c decimal(5,2) | d float
--> 1 | 1.0000 | 1.50 | 2
-- rule: t-sql/functions/ceiling-transact-sql: the least integer that is not below
SELECT CEILING(123.45), CEILING(-123.45), CEILING(CAST(0.0 AS money)), CEILING(1.2e0)
--> 124 | -123 | 0.0000 | 2
-- rule: t-sql/functions/floor-transact-sql: the greatest integer that is not above
SELECT FLOOR(123.45), FLOOR(-123.45), FLOOR(CAST(123.45 AS money)), FLOOR(-1.2e0)
--> 123 | -124 | 123.0000 | -2
-- rule: t-sql/functions/round-transact-sql: to decimals, or to places before the point
SELECT ROUND(123.9994, 3), ROUND(123.9995, 3), ROUND(123.4545, 2), ROUND(123.45, -2)
--> 123.9990 | 124.0000 | 123.4500 | 100.00
SELECT ROUND(150.75, 0), ROUND(150.75, 0, 1), ROUND(748.58, -1), ROUND(748.58, -2)
--> 151.00 | 150.00 | 750.00 | 700.00
SELECT ROUND(748.58, -4), ROUND(-2.5, 0), ROUND(2.5e0, 0), ROUND(15, -1), ROUND(14, -1)
--> 0.00 | -3.0 | 3 | 20 | 10
SELECT ROUND(748.58, -3)
--! 8115 16
SELECT ROUND(NULL, 1), ROUND(1.5, NULL)
--> NULL | NULL
-- rule: t-sql/functions/sign-transact-sql: 1, 0 or -1 in the type of the number
SELECT SIGN(-5), SIGN(0), SIGN(7.5), SIGN(-1e0)
--> -1 | 0 | 1.0 | -1
-- rule: t-sql/functions/power-transact-sql: the type of the base is kept
SELECT POWER(2, 3), POWER(2.0, 3), POWER(2e0, 0.5e0), POWER(CAST(2 AS bigint), 40)
--> 8 | 8.0 | 1.4142135623730951 | 1099511627776
SELECT POWER(2, 31)
--! 232 16
SELECT POWER(2, -1), POWER(2.0, -1), POWER(0, 0)
--> 0 | 0.5 | 1
SELECT POWER(-8e0, 0.5e0)
--! 3623 16
-- rule: t-sql/functions/sqrt-transact-sql: float; a negative number is an error
SELECT SQRT(16), SQRT(2), SQUARE(5), SQUARE(-1.5)
--> 4 | 1.4142135623730951 | 25 | 2.25
SELECT SQRT(-1)
--! 3623 16
SELECT SQRT(4) AS a, SQUARE(2) AS b, PI() AS c, EXP(0) AS d
--= a float | b float | c float | d float
--> 2 | 4 | 3.141592653589793 | 1
-- rule: t-sql/functions/log-transact-sql: natural unless a base is given
SELECT LOG(1), LOG(8, 2), LOG10(1000), LOG(EXP(2))
--> 0 | 3 | 3 | 2
SELECT LOG(0)
--! 3623 16
SELECT LOG(-1)
--! 3623 16
SELECT LOG10(0)
--! 3623 16
-- rule: t-sql/functions/acos-transact-sql: arguments from -1 to 1
SELECT ACOS(1), ASIN(0), ATAN(0), ATN2(0, 1), COS(0), SIN(0), TAN(0)
--> 0 | 0 | 0 | 0 | 1 | 0 | 0
SELECT ACOS(2)
--! 3623 16
SELECT ASIN(-1.1)
--! 3623 16
SELECT COT(0)
--! 3623 16
-- rule: t-sql/functions/degrees-transact-sql: the type of the argument is kept
SELECT DEGREES(PI()), DEGREES(1), RADIANS(180e0), RADIANS(180)
--> 180 | 57 | 3.141592653589793 | 3
-- rule: t-sql/functions/rand-transact-sql: from 0 up to 1, the same for the same seed
SELECT IIF(RAND(100) = RAND(100), 'same', 'other'), IIF(RAND() >= 0 AND RAND() < 1, 'in', 'out')
--> 'same' | 'in'
SELECT ABS('x')
--! 8114 16
SELECT ABS()
--! 174 15
SELECT POWER(1)
--! 174 15
SELECT ROUND(1)
--! 189 15
