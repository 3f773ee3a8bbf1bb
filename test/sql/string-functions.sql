-- rule: t-sql/functions/string-split-transact-sql: consecutive separators give empty strings
SELECT value FROM STRING_SPLIT('a,,b', ',')
--> 'a'
--> ''
--> 'b'

-- rule: t-sql/functions/len-transact-sql: trailing spaces are not counted
SELECT LEN('ab  '), LEN(N'')
--> 2 | 0

-- rule: t-sql/language-elements/divide-transact-sql: dividing by zero is an error
SELECT 1 / 0
--! 8134 16 1
