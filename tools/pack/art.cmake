# The program's own drawings as PNG, made once at build: kiosk/art → share/bdhvs/art,
# kiosk/icons → share/bdhvs/icons. The kiosk itself never draws SVG.
if(NOT BDHVS_DATA)
    return()
endif()
set(BDHVS_SHARE ${CMAKE_BINARY_DIR}/share/bdhvs)

# raster_folder(<folder below kiosk/> <width px>); a width of its own: RASTER_WIDTH_<name>
set(RASTER_WIDTH_vien-tho-cam 224) # four times its drawing, repeated along the edge
function(raster_folder folder width)
    set(out ${BDHVS_SHARE}/${folder})
    file(MAKE_DIRECTORY ${out})
    file(GLOB drawings CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/kiosk/${folder}/*.svg)
    foreach(drawing ${drawings})
        cmake_path(GET drawing STEM name)
        set(px ${width})
        if(DEFINED RASTER_WIDTH_${name})
            set(px ${RASTER_WIDTH_${name}})
        endif()
        add_custom_command(OUTPUT ${out}/${name}.png
            COMMAND bdhvs-raster ${drawing} ${out}/${name}.png ${px}
            DEPENDS bdhvs-raster ${drawing}
            COMMENT "Drawing ${folder}/${name}.png"
            VERBATIM)
        list(APPEND pngs ${out}/${name}.png)
    endforeach()
    add_custom_target(bdhvs_${folder} ALL DEPENDS ${pngs})
    install(DIRECTORY ${out} DESTINATION ${CMAKE_INSTALL_DATADIR}/bdhvs
        FILES_MATCHING PATTERN "*.png")
endfunction()

raster_folder(art 1000)
raster_folder(icons 192)
