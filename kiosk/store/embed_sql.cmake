# cmake -DIN=schema.sql -DOUT=schema.c -P embed_sql.cmake: the file as `schema_sql`.
# Bytes, not a literal: C17 promises only 4095 characters of one.
file(READ ${IN} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
file(WRITE ${OUT} "extern const char schema_sql[];\nconst char schema_sql[] = {${bytes}0};\n")
