package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Confirms {@code handling=strict} in the response if the client requested it. */
final class StrictBodies implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (Preferences.isStrict(request) && handler instanceof HandlerMethod endpoint && hasBody(endpoint)) {
            response.addHeader(Preferences.APPLIED, Preferences.STRICT);
        }
        return true;
    }

    private static boolean hasBody(HandlerMethod endpoint) {
        return Arrays.stream(endpoint.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    }
}
