package dev.recount.web;

import dev.recount.events.text.TextRule;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.MDC;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Endpoints written the way those of the sides are. */
@JsonEndpoint
class SampleEndpoints {

    static final AtomicInteger WRITES = new AtomicInteger();

    private static final TextRule TITLE = TextRule.ANY.trimmed().notBlank().atMost(255);
    private static final Choice<String> STATUS = Choice.of(new String[] {"open", "closed"}, status -> status);

    record Thing(long id, String title, Optional<String> status, Instant createdAt) {}

    record Asker(String requestId, OptionalLong actor, String threadContext, boolean onVirtualThread) {}

    record Upload(long bytes) {}

    @PostMapping(path = "/things", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Thing> create(@RequestBody byte[] body, RequestContext request) {
        JsonFields fields = JsonBody.parseObject(body, request);
        String title = fields.requiredText("title", TITLE);
        Optional<String> status = fields.optionalChoice("status", STATUS);
        fields.throwIfInvalid();
        WRITES.incrementAndGet();
        return ResponseEntity.status(201).eTag("1").body(new Thing(1, title, status, Instant.EPOCH));
    }

    @GetMapping("/things")
    @KnownParameters({"status", Paging.PAGE, Paging.PAGE_SIZE})
    Page<Thing> list(QueryParameters query) {
        Optional<String> status = query.optionalChoice("status", STATUS);
        Paging paging = Paging.of(query);
        return paging.page(25, List.of(new Thing(paging.number(), "T", status, Instant.EPOCH)));
    }

    @GetMapping("/things/{id}")
    Thing detail(@PathVariable String id) {
        return new Thing(PathId.require(id, ProblemType.UNKNOWN_ISSUE), "T", Optional.empty(), Instant.EPOCH);
    }

    @PutMapping(path = "/things/all", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<Thing> replace(@RequestBody byte[] body, RequestContext request) {
        JsonItems items = JsonBody.parseList(body, request);
        List<String> titles =
                items.stream().map(item -> item.requiredText("title", TITLE)).toList();
        items.throwIfInvalid();
        return titles.stream()
                .map(title -> new Thing(1, title, Optional.empty(), Instant.EPOCH))
                .toList();
    }

    /** Reads what it does not declare. */
    @GetMapping("/undeclared")
    String undeclared(QueryParameters query) {
        return query.optionalText("status").orElse("");
    }

    @GetMapping("/asker")
    Asker asker(RequestContext request) {
        return new Asker(
                request.requestId(),
                request.actor(),
                MDC.get(RequestIdFilter.MDC_KEY),
                Thread.currentThread().isVirtual());
    }

    @GetMapping("/parameter")
    @KnownParameters("number")
    int parameter(@RequestParam int number) {
        return number;
    }

    @PostMapping(path = "/upload", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Upload upload(@RequestParam MultipartFile file) throws IOException {
        return new Upload(file.getBytes().length);
    }
}
