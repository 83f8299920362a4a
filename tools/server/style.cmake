# Writes style.css as a C array, so that the program is one file.
file(READ ${IN} css HEX)
string(REGEX REPLACE "(..)" "0x\\1," css "${css}")
string(REGEX REPLACE "(................................................................................)" "\\1\n    " css "${css}")
file(WRITE ${OUT} "static const unsigned char style_css[] = {\n    ${css}\n};\n")
