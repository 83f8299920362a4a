# Writes the file IN as a C array of NAME, so that the program is one file.
file(READ ${IN} bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(................................................................................)" "\\1\n    " bytes "${bytes}")
file(WRITE ${OUT} "static const unsigned char ${NAME}[] = {\n    ${bytes}\n};\n")
