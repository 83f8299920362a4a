# Smaller copies of the program's own drawings: share/bdhvs/art/288/NAME.png is NAME
# drawn 288 px wide. A page decodes the copy next above the size it shows, which is most
# of the time to the first picture. The widths stand in image_sdl.c too.
if(NOT BDHVS_DATA)
    return()
endif()
set(BDHVS_SHARE ${CMAKE_BINARY_DIR}/share/bdhvs)

function(draw_copies folder)
    file(GLOB drawings CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/kiosk/${folder}/*.svg)
    foreach(width ${ARGN})
        set(out ${BDHVS_SHARE}/${folder}/${width})
        file(MAKE_DIRECTORY ${out})
        foreach(drawing ${drawings})
            cmake_path(GET drawing STEM name)
            add_custom_command(OUTPUT ${out}/${name}.png
                COMMAND bdhvs-raster ${drawing} ${out}/${name}.png ${width}
                DEPENDS bdhvs-raster ${drawing}
                COMMENT "Drawing ${folder}/${width}/${name}.png"
                VERBATIM)
            list(APPEND pngs ${out}/${name}.png)
        endforeach()
        install(DIRECTORY ${out} DESTINATION ${CMAKE_INSTALL_DATADIR}/bdhvs/${folder}
            FILES_MATCHING PATTERN "*.png")
    endforeach()
    add_custom_target(bdhvs_${folder}_copies ALL DEPENDS ${pngs})
endfunction()

draw_copies(art 128 192 288 432 648)
draw_copies(icons 48 72 108)
