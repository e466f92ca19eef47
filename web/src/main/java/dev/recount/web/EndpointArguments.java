package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves endpoint arguments of one type from the request. */
record EndpointArguments<T>(Class<T> type, Function<HttpServletRequest, T> reader)
        implements HandlerMethodArgumentResolver {

    static List<HandlerMethodArgumentResolver> all() {
        return List.of(
                new EndpointArguments<>(
                        RequestContext.class,
                        request -> new RequestContext(
                                RequestId.of(request), ActingUser.of(request), Preferences.isStrict(request))),
                new EndpointArguments<>(QueryParameters.class, ParameterCheck::parametersOf));
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == type;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return reader.apply(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
    }
}
