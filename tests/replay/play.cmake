# Plays the scripts one after the other on one data folder. A script that ends with
# `kill` must be killed, every other must end well.
file(REMOVE_RECURSE ${DATA})
if(EXISTS ${SETUP})
    file(MAKE_DIRECTORY ${DATA})
    file(CHMOD ${DATA} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
    execute_process(COMMAND ${CTL} --data ${DATA} provision ${SETUP}
        RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE said)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${SETUP}: ${result}\n${said}")
    endif()
endif()
string(REPLACE "," ";" scripts ${SCRIPTS})
foreach(script ${scripts})
    execute_process(
        COMMAND ${KIOSK} --data ${DATA} --pack ${PACK} --pack-key ${KEY}
            --replay ${script}
        RESULT_VARIABLE result OUTPUT_VARIABLE frames ERROR_VARIABLE said)
    file(STRINGS ${script} kills REGEX "^kill$")
    if(kills AND NOT result MATCHES "[Kk]illed")
        message(FATAL_ERROR "${script}: not killed but ${result}\n${said}\n${frames}")
    elseif(NOT kills AND NOT result EQUAL 0)
        message(FATAL_ERROR "${script}: ${result}\n${said}\n${frames}")
    endif()
endforeach()
