package dev.recount.query.reports;

import dev.recount.query.asof.Moment;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.ServletWebRequest;

/** Keeps the answers of past reports that were asked for last, up to some megabytes: none of them ever becomes wrong. */
final class PastReportAnswers {

    private static final long MOST_BYTES = 8 << 20;
    private static final int LARGEST = 1 << 20;

    private final Map<Question, Answer> byQuestion = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** A request, as far as the answer depends on it. */
    record Question(String address, List<String> accept, Moment moment) {

        static Question of(HttpServletRequest request, Moment moment) {
            return new Question(
                    request.getRequestURI() + '?' + Objects.requireNonNullElse(request.getQueryString(), ""),
                    List.copyOf(Collections.list(request.getHeaders(HttpHeaders.ACCEPT))),
                    new Moment(moment.position(), moment.at(), true));
        }
    }

    /** What an endpoint answered. */
    static final class Answer {
        private final String contentType;
        private final List<String> vary;
        private final byte[] body;

        Answer(String contentType, List<String> vary, byte[] body) {
            this.contentType = contentType;
            this.vary = vary;
            this.body = body;
        }

        /** Or only says that the client has it already. */
        void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
            vary.stream()
                    .filter(name -> !response.getHeaders(HttpHeaders.VARY).contains(name))
                    .forEach(name -> response.addHeader(HttpHeaders.VARY, name));
            if (!new ServletWebRequest(request, response).checkNotModified(entityTag())) {
                response.setContentType(contentType);
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
            }
        }

        private String entityTag() {
            try {
                var hash = MessageDigest.getInstance("SHA-256").digest(body);
                return '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, 16)) + '"';
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    synchronized Optional<Answer> find(Question question) {
        return Optional.ofNullable(byQuestion.get(question));
    }

    synchronized void keep(Question question, Answer answer) {
        if (answer.body.length > LARGEST) {
            return;
        }
        var before = byQuestion.put(question, answer);
        bytes += answer.body.length - (before == null ? 0 : before.body.length);
        var eldest = byQuestion.values().iterator();
        while (bytes > MOST_BYTES) {
            bytes -= eldest.next().body.length;
            eldest.remove();
        }
    }
}
