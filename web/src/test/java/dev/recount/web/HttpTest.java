package dev.recount.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** A test over real sockets against {@link SampleApplication}; all such tests share one running server. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = SampleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.allow-bean-definition-overriding=true",
            "server.tomcat.connection-timeout=2s",
            "recount.web.hosts=tracker.example.com",
            "recount.web.origins=https://tracker.example.com",
            "spring.servlet.multipart.max-file-size=20MB",
            "spring.servlet.multipart.max-request-size=20MB"
        })
@interface HttpTest {}
