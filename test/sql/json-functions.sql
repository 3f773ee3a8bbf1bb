-- rule: t-sql/functions/isjson-transact-sql: 1 for JSON, 0 for other text, NULL for NULL
SELECT ISJSON('{"a":1}'), ISJSON('[1,2]'), ISJSON('abc'), ISJSON(''), ISJSON(NULL)
--> 1 | 1 | 0 | 0 | NULL
SELECT ISJSON('{"a":}'), ISJSON('{a:1}'), ISJSON('[1,]'), ISJSON('{"a":1} x')
--> 0 | 0 | 0 | 0
-- rule: t-sql/functions/json-value-transact-sql: a scalar at a path as nvarchar(4000)
SELECT JSON_VALUE('{"a":{"b":"x"}}', '$.a.b') AS v
--= v nvarchar(4000)
--> 'x'
SELECT JSON_VALUE('{"a":[1,2,{"c":true}]}', '$.a[1]'), JSON_VALUE('{"a":[1,2,{"c":true}]}', '$.a[2].c')
--> '2' | 'true'
SELECT JSON_VALUE('{"a b":1.50}', '$."a b"'), JSON_VALUE('{"a":null}', '$.a')
--> '1.50' | NULL
-- rule: t-sql/functions/json-value-transact-sql: in lax mode NULL for what is missing or no scalar, in strict mode an error
SELECT JSON_VALUE('{"a":[1]}', '$.a'), JSON_VALUE('{"a":[1]}', '$.b'), JSON_VALUE('{"a":[1]}', 'lax $.b')
--> NULL | NULL | NULL
SELECT JSON_VALUE('{"a":1}', 'strict $.b')
--! 13608 16
SELECT JSON_VALUE('{"a":[1]}', 'strict $.a')
--! 13623 16
SELECT JSON_VALUE('{"a":1}', 'a')
--! 13607 16
SELECT JSON_VALUE('not json', '$.a')
--! 13609 16
SELECT JSON_VALUE(NULL, '$.a'), JSON_VALUE('{"A":1}', '$.a')
--> NULL | NULL
-- rule: t-sql/functions/json-query-transact-sql: an object or an array at a path
SELECT JSON_QUERY('{"a":{"b":1}}', '$.a'), JSON_QUERY('{"a":[1, 2]}', '$.a'), JSON_QUERY('{"a":1}', '$.a'), JSON_QUERY('{"a":1}')
--> '{"b":1}' | '[1, 2]' | NULL | '{"a":1}'
SELECT JSON_QUERY('{"a":1}', 'strict $.a')
--! 13624 16
-- rule: t-sql/functions/json-modify-transact-sql: a value is replaced, added or taken away
SELECT JSON_MODIFY('{"name":"John"}', '$.name', 'Mike'), JSON_MODIFY('{"name":"John"}', '$.surname', 'Smith'), JSON_MODIFY('{"a":1,"b":2}', '$.a', NULL)
--> '{"name":"Mike"}' | '{"name":"John","surname":"Smith"}' | '{"b":2}'
SELECT JSON_MODIFY('{"skills":["C#"]}', 'append $.skills', 'SQL'), JSON_MODIFY('{"a":1}', 'strict $.a', NULL), JSON_MODIFY('{"a":1}', '$.a', 5)
--> '{"skills":["C#","SQL"]}' | '{"a":null}' | '{"a":5}'
SELECT JSON_MODIFY('{"a":1}', 'strict $.b', 1)
--! 13608 16
-- rule: t-sql/functions/json-path-exists-transact-sql: 1 where the path is there
SELECT JSON_PATH_EXISTS('{"a":{"b":null}}', '$.a.b'), JSON_PATH_EXISTS('{"a":1}', '$.b'), JSON_PATH_EXISTS(NULL, '$.a')
--> 1 | 0 | NULL
-- rule: t-sql/functions/openjson-transact-sql: key, value and type of each element
SELECT [key], value, type FROM OPENJSON('{"a":"x","b":1,"c":true,"d":[1],"e":{"f":1},"g":null}')
--= key nvarchar(4000) | value nvarchar(max) | type tinyint
--> 'a' | 'x' | 1
--> 'b' | '1' | 2
--> 'c' | 'true' | 3
--> 'd' | '[1]' | 4
--> 'e' | '{"f":1}' | 5
--> 'g' | NULL | 0
SELECT [key], value FROM OPENJSON('["x","y"]')
--> '0' | 'x'
--> '1' | 'y'
SELECT value FROM OPENJSON('{"a":{"b":[5,6]}}', '$.a.b')
--> '5'
--> '6'
-- rule: t-sql/functions/openjson-transact-sql: WITH names columns, their types and paths
SELECT * FROM OPENJSON('[{"id":1,"n":{"x":"y"}},{"id":2}]') WITH (id int, x varchar(5) '$.n.x', n nvarchar(max) AS JSON)
--= id int | x varchar(5) | n nvarchar(max)
--> 1 | 'y' | '{"x":"y"}'
--> 2 | NULL | NULL
SELECT * FROM OPENJSON('{"id":1}') WITH (id int, name varchar(5) 'strict $.name')
--! 13608 16
SELECT COUNT(*) FROM OPENJSON(NULL)
--> 0
SELECT * FROM OPENJSON('x')
--! 13609 16
