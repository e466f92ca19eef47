package dev.recount.query.responses;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpHeaders;

/** The parts of a request that decide the body of its response. */
public record CacheKey(String address, List<String> accept) {

    public static CacheKey of(HttpServletRequest request) {
        return new CacheKey(
                request.getRequestURI() + '?' + Objects.requireNonNullElse(request.getQueryString(), ""),
                List.copyOf(Collections.list(request.getHeaders(HttpHeaders.ACCEPT))));
    }

    /** Approximate memory in bytes. */
    public int size() {
        return address.length() + accept.stream().mapToInt(String::length).sum();
    }
}
