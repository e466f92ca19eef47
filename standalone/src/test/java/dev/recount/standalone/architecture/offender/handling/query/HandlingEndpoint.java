package dev.recount.standalone.architecture.offender.handling.query;

import org.springframework.web.bind.annotation.ExceptionHandler;

final class HandlingEndpoint {

    @ExceptionHandler
    String answer() {
        return "";
    }
}
