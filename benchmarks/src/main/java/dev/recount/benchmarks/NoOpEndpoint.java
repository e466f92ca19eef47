package dev.recount.benchmarks;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints that do nothing, through the same server, filters and JSON as the others: the floor of every request. */
@RestController
class NoOpEndpoint {

    record Nothing(boolean ok) {}

    @GetMapping(path = "/no-op", produces = "application/json")
    Nothing get() {
        return new Nothing(true);
    }

    @PostMapping(path = "/no-op", consumes = "application/json", produces = "application/json")
    Nothing post(@RequestBody byte[] body) {
        return new Nothing(body.length > 0);
    }
}
